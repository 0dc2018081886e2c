using System.CommandLine;
using AdvFit.Cli.Rendering;
using AdvFit.Messages;
using AdvFit.Sweeps.Local;
using Spectre.Console;

namespace AdvFit.Cli.Commands;

/// <summary><c>advfit pause</c>: lets a sweep rest.</summary>
internal static class PauseCommand
{
    public static Command Create()
    {
        var (sweep, store) = (CommonOptions.Sweep(), CommonOptions.Store());
        var command = new DocumentedCommand(
            "pause",
            "Pause a sweep: what runs stops at its next safe point, and the process that runs it waits for `resume`.",
            "pause",
            "pause quickstart")
        {
            sweep, store,
        };
        command.SetAction(parsed =>
        {
            var place = SweepLocation.Of(parsed, store);
            if (place.IsRemote)
            {
                var id = place.Perform(parsed.GetValue(sweep), new PauseSweep());
                Terminal.Out.Write(new Text(
                    $"{id} is paused {place.Where}: its nodes stop once each running stage is done and kept; "
                    + $"`{Invocation.Program} resume {id}{place.Option}` goes on.\n"));
                return ExitCodes.Done;
            }

            var target = LocalSweep.Find(place.StoreOption, parsed.GetValue(sweep));
            var holder = new StoreRequests(target.Folder, TimeProvider.System).Do(target.Id, new PauseSweep());
            var resume = $"`{Invocation.Program} resume {target.Id}{place.Option}` goes on.";
            Terminal.Out.Write(new Text(holder is not null && target.IsLive
                ? $"{target.Id} is paused: process {holder.ProcessId} stops once each running stage is done and kept, and waits; {resume}\n"
                : $"{target.Id} is paused; {resume}\n"));
            return ExitCodes.Done;
        });
        return command;
    }
}
