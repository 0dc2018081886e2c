using System.CommandLine;
using AdvFit.Cli.Rendering;
using AdvFit.Messages;
using AdvFit.Sweeps.Local;
using Spectre.Console;

namespace AdvFit.Cli.Commands;

/// <summary><c>advfit cancel</c>: gives up what is not done of a sweep.</summary>
internal static class CancelCommand
{
    public static Command Create()
    {
        var (sweep, store) = (CommonOptions.Sweep(), CommonOptions.Store());
        var command = new DocumentedCommand(
            "cancel",
            "Cancel a sweep: what runs stops at once, what is done is kept. `resume` takes it up again.",
            "cancel",
            "cancel quickstart")
        {
            sweep, store,
        };
        command.SetAction(parsed =>
        {
            var place = SweepLocation.Of(parsed, store);
            if (place.IsRemote)
            {
                var id = place.Perform(parsed.GetValue(sweep), new CancelSweep());
                Terminal.Out.Write(new Text(
                    $"{id} is cancelled {place.Where}. What is done stays, and `{Invocation.Program} results {id}{place.Option}` shows it.\n"));
                return ExitCodes.Done;
            }

            var target = LocalSweep.Find(place.StoreOption, parsed.GetValue(sweep));
            var holder = new StoreRequests(target.Folder, TimeProvider.System).Do(target.Id, new CancelSweep());
            var end = holder is not null && target.IsLive ? $"; process {holder.ProcessId} ends" : "";
            Terminal.Out.Write(new Text(
                $"{target.Id} is cancelled{end}. {Format.Count(target.State.Completed, "shuffle")} of {target.State.Shuffles.Count} "
                + $"done stay, and `{Invocation.Program} results {target.Id}{place.Option}` shows them.\n"));
            return ExitCodes.Done;
        });
        return command;
    }
}
