using Akka.Actor;
using AdvFit.Api.Palette;
using Petabridge.Cmd;
using Petabridge.Cmd.Host;

namespace AdvFit.Coordinator.Pbm;

/// <summary>Dispatches the commands of one client, each to an actor of its own that ends with the client at the latest.</summary>
internal sealed class SweepCommandActor : CommandHandlerActor
{
    /// <param name="palette">The commands.</param>
    public SweepCommandActor(SweepPalette palette)
        : base(SweepCommands.Palette)
    {
        Process(SweepCommands.Sweeps.Name, (_, _) => Answer(palette.Sweeps));
        Process(SweepCommands.Nodes.Name, (_, _) => Answer(palette.Nodes));
        ProcessOfSweep(SweepCommands.Status, palette.Status);
        ProcessOfSweep(SweepCommands.Results, palette.Results);
        ProcessOfSweep(SweepCommands.Track, palette.Track);
        ProcessOfSweep(SweepCommands.Pause, palette.Pause);
        ProcessOfSweep(SweepCommands.Resume, palette.Resume);
        ProcessOfSweep(SweepCommands.Cancel, palette.Cancel);
    }

    private void ProcessOfSweep(
        CommandDefinition command, Func<string, CancellationToken, IAsyncEnumerable<PaletteLine>> lines) =>
        Process(command.Name, (_, arguments) =>
        {
            var sweep = arguments.ArgumentValues(SweepCommands.Sweep).Single();
            Answer(cancellation => lines(sweep, cancellation));
        });

    private void Answer(Func<CancellationToken, IAsyncEnumerable<PaletteLine>> lines)
    {
        var client = Sender;
        Context.ActorOf(Props.Create(() => new AnswerActor(lines, client)));
    }
}
