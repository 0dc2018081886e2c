using Akka.Event;
using Akka.Hosting;
using AdvFit.Api.Palette;

namespace AdvFit.Coordinator.Pbm;

/// <summary>Takes the place of what is in <c>Pbm/</c> in a build without Petabridge.Cmd.</summary>
internal static class PbmBootstrap
{
    /// <summary>Says that there is none.</summary>
    /// <param name="akka">What is set up.</param>
    /// <param name="settings">Where it would listen.</param>
    /// <param name="palette">Would answer.</param>
    public static AkkaConfigurationBuilder WithPbm(
        this AkkaConfigurationBuilder akka, PbmSettings settings, SweepPalette palette) => akka.AddStartup((system, _) =>
        system.Log.Info("Built without Petabridge.Cmd: nothing listens for pbm."));
}
