using Akka.Hosting;
using AdvFit.Api.Palette;
using Petabridge.Cmd.Cluster;
using Petabridge.Cmd.Cluster.Sharding;
using Petabridge.Cmd.Host;
using Petabridge.Cmd.Remote;

namespace AdvFit.Coordinator.Pbm;

/// <summary>Sets up what operators reach with <c>pbm</c>.</summary>
internal static class PbmBootstrap
{
    /// <summary>The palettes of cluster, sharding and remoting, and AdvFit's own.</summary>
    /// <param name="akka">What is set up.</param>
    /// <param name="settings">Where it listens.</param>
    /// <param name="palette">Answers.</param>
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
