using Akka.Hosting;
using AdvFit.Api.Palette;
using Petabridge.Cmd.Cluster;
using Petabridge.Cmd.Cluster.Sharding;
using Petabridge.Cmd.Host;
using Petabridge.Cmd.Remote;

namespace AdvFit.Coordinator.Pbm;

/// <summary>The Akka.NET configuration of what operators reach with <c>pbm</c>.</summary>
internal static class PbmBootstrap
{
    /// <summary>Adds the palettes of cluster, sharding and remoting, and AdvFit's own.</summary>
    /// <param name="akka">The configuration to add to.</param>
    /// <param name="settings">The address to listen at.</param>
    /// <param name="palette">The commands of AdvFit's palette.</param>
    public static AkkaConfigurationBuilder WithPbm(
        this AkkaConfigurationBuilder akka, PbmSettings settings, SweepPalette palette) => akka.AddPetabridgeCmd(
        new PetabridgeCmdOptions { Host = settings.Address, Port = settings.Port },
        pbm =>
        {
            pbm.RegisterCommandPalette(ClusterCommands.Instance);
            pbm.RegisterCommandPalette(ClusterShardingCommands.Instance);
            pbm.RegisterCommandPalette(new RemoteCommands());
            pbm.RegisterCommandPalette(new SweepCommands(palette));
        });
}
