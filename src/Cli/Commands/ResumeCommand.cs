using System.CommandLine;
using AdvFit.Cli.Rendering;
using AdvFit.Cli.Running;
using AdvFit.Messages;
using AdvFit.Sweeps;
using AdvFit.Sweeps.Local;
using AdvFit.Sweeps.Store;
using Spectre.Console;

namespace AdvFit.Cli.Commands;

/// <summary><c>advfit resume</c>: goes on with a paused, cancelled or interrupted sweep.</summary>
internal static class ResumeCommand
{
    public static Command Create()
    {
        var (sweep, options) = (CommonOptions.Sweep(), new RunOptions());
        var command = new DocumentedCommand(
            "resume",
            "Go on with a paused, cancelled or interrupted sweep: in the process that waits with it, else in this one.",
            "resume",
            "resume quickstart --slots 2")
        {
            sweep,
        };
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            var settings = options.Of(parsed);
            if (settings.Place.IsRemote)
            {
                var id = settings.Place.Perform(parsed.GetValue(sweep), new ResumeSweep());
                Terminal.Out.Write(new Text(
                    $"{id} goes on {settings.Place.Where}; `{Invocation.Program} watch {id}{settings.Place.Option}` follows it.\n"));
                return ExitCodes.Done;
            }

            var target = LocalSweep.Find(settings.Place.StoreOption, parsed.GetValue(sweep));
            return target.IsLive ? Ask(target) : RunHere(target, settings, new ResumeSweep());
        });
        return command;
    }

    /// <summary>Has a command done to a sweep that nobody works on, and works on it in this process.</summary>
    public static int RunHere(LocalSweep target, RunSettings settings, SweepCommand first)
    {
        target.RefuseIfHeldByAnother();
        var inputs = SweepInputs.Of(target.Id, target.State.Spec, settings.DataOption);
        return new LocalRun(inputs, settings).Run(
            target.Folder, store => new StoreRequests(target.Folder, TimeProvider.System).Apply(store, target.Id, first));
    }

    private static int Ask(LocalSweep target)
    {
        var holder = new StoreRequests(target.Folder, TimeProvider.System).Do(target.Id, new ResumeSweep());
        Terminal.Out.Write(new Text(
            target.State.IsPaused || target.State.IsCancelled
                ? $"{target.Id} goes on in process {holder?.ProcessId}; `{Invocation.Program} watch {target.Id}` follows it.\n"
                : $"{target.Id} is running already, in process {holder?.ProcessId}.\n"));
        return ExitCodes.Done;
    }
}
