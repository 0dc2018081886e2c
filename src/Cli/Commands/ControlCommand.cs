using System.Collections.Immutable;
using System.CommandLine;
using AdvFit.Cli.Rendering;
using AdvFit.Cli.Running;
using AdvFit.Learning.Data;
using AdvFit.Messages;
using AdvFit.Sweeps;
using AdvFit.Sweeps.Local;
using AdvFit.Sweeps.Store;
using Spectre.Console;

namespace AdvFit.Cli.Commands;

/// <summary>
/// A command that has something done to a sweep: by a server, by the process that works on it, or else in this process.
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Help">What it does, in words.</param>
/// <param name="Examples">Command lines without the program's name.</param>
/// <param name="Wanted">What is to be done.</param>
/// <param name="ServerAnswer">What to say of a sweep, by its id, once a server does it.</param>
/// <param name="StoreAnswer">What to say of a sweep of a store; the holder is null where nobody works on that sweep.</param>
/// <param name="RunsHere">Whether this process works on the sweep where nobody does.</param>
internal sealed record ControlCommand(
    string Name,
    string Help,
    ImmutableArray<string> Examples,
    Func<ParseResult, SweepCommand> Wanted,
    Func<string, SweepLocation, string> ServerAnswer,
    Func<LocalSweep, StoreHolder?, SweepLocation, string> StoreAnswer,
    bool RunsHere = false)
{
    /// <summary><c>advfit pause</c>: lets a sweep rest.</summary>
    public static ControlCommand Pause { get; } = new(
        "pause",
        "Pause a sweep: what runs stops at its next safe point, and the process that runs it waits for `resume`.",
        ["pause", "pause quickstart"],
        _ => new PauseSweep(),
        (id, place) => $"{id} is paused {place.Where}: its nodes stop once each running stage is done and kept; "
            + GoesOn(id, place),
        (target, holder, place) => holder is null
            ? $"{target.Id} is paused; {GoesOn(target.Id, place)}"
            : $"{target.Id} is paused: process {holder.ProcessId} stops once each running stage is done and kept, and waits; "
                + GoesOn(target.Id, place));

    /// <summary><c>advfit resume</c>: goes on with a paused, cancelled or interrupted sweep.</summary>
    public static ControlCommand Resume { get; } = new(
        "resume",
        "Go on with a paused, cancelled or interrupted sweep: in the process that waits with it, else in this one.",
        ["resume", "resume quickstart --slots 2"],
        _ => new ResumeSweep(),
        (id, place) => $"{id} goes on {place.Where}; `{Invocation.Program} watch {id}{place.Option}` follows it.",
        (target, holder, _) => target.State.IsPaused || target.State.IsCancelled
            ? $"{target.Id} goes on in process {holder?.ProcessId}; `{Invocation.Program} watch {target.Id}` follows it."
            : $"{target.Id} is running already, in process {holder?.ProcessId}.",
        RunsHere: true);

    /// <summary><c>advfit cancel</c>: gives up what is not done of a sweep.</summary>
    public static ControlCommand Cancel { get; } = new(
        "cancel",
        "Cancel a sweep: what runs stops at once, what is done is kept. `resume` takes it up again.",
        ["cancel", "cancel quickstart"],
        _ => new CancelSweep(),
        (id, place) => $"{id} is cancelled {place.Where}. What is done stays, and "
            + $"`{Invocation.Program} results {id}{place.Option}` shows it.",
        (target, holder, place) =>
            $"{target.Id} is cancelled{(holder is null ? "" : $"; process {holder.ProcessId} ends")}. "
            + $"{Format.Count(target.State.Completed, "shuffle")} of {target.State.Shuffles.Count} "
            + $"done stay, and `{Invocation.Program} results {target.Id}{place.Option}` shows them.");

    /// <summary>The command.</summary>
    /// <param name="options">Options besides those of every such command.</param>
    public Command Create(params ReadOnlySpan<Option> options)
    {
        var (sweep, store, run) = (CommonOptions.Sweep(), CommonOptions.Store(), new RunOptions());
        var command = new DocumentedCommand(Name, Help, [.. Examples]) { sweep };
        foreach (var option in options)
        {
            command.Add(option);
        }

        if (RunsHere)
        {
            run.AddTo(command);
        }
        else
        {
            command.Add(store);
        }

        command.SetAction(parsed =>
        {
            var settings = RunsHere ? run.Of(parsed) : null;
            var place = settings?.Place ?? SweepLocation.Of(parsed, store);
            var (asked, wanted) = (parsed.GetValue(sweep), Wanted(parsed));
            if (place.IsRemote)
            {
                return Say(ServerAnswer(place.Perform(asked, wanted), place));
            }

            var target = LocalSweep.Find(place.StoreOption, asked);
            if (settings is not null && !target.IsLive)
            {
                return RunHere(target, settings, wanted);
            }

            var holder = new StoreRequests(target.Folder, TimeProvider.System).Do(target.Id, wanted);
            return Say(StoreAnswer(target, target.IsLive ? holder : null, place));
        });
        return command;
    }

    private static string GoesOn(string id, SweepLocation place) =>
        $"`{Invocation.Program} resume {id}{place.Option}` goes on.";

    private static int Say(string answer)
    {
        Terminal.Out.Write(new Text(answer + "\n"));
        return ExitCodes.Done;
    }

    /// <summary>Has a command done to a sweep that nobody works on, and works on it in this process.</summary>
    private static int RunHere(LocalSweep target, RunSettings settings, SweepCommand first)
    {
        target.RefuseIfHeldByAnother();
        // What was left out when the sweep began is left out again: a hash makes sure that the data are the same.
        var inputs = SweepInputs.Of(
            target.Id, target.State.Spec, DatasetFolders.Locate(settings.DataOption), skipBroken: true, new PreparationProgressLine());
        return new LocalRun(inputs, settings).Run(
            target.Folder, store => new StoreRequests(target.Folder, TimeProvider.System).Apply(store, target.Id, first));
    }
}
