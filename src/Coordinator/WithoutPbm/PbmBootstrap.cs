using Akka.Event;
using Akka.Hosting;
using AdvFit.Api.Palette;

namespace AdvFit.Coordinator.Pbm;

/// <summary>Replaces <c>Pbm/</c> in a build without Petabridge.Cmd.</summary>
internal static class PbmBootstrap
{
    /// <summary>Logs that nothing listens.</summary>
    /// <param name="akka">The configuration to add to.</param>
    /// <param name="settings">Unused.</param>
    /// <param name="palette">Unused.</param>
    public static AkkaConfigurationBuilder WithPbm(
        this AkkaConfigurationBuilder akka, PbmSettings settings, SweepPalette palette) => akka.AddStartup((system, _) =>
        system.Log.Info("Built without Petabridge.Cmd: nothing listens for pbm."));
}
