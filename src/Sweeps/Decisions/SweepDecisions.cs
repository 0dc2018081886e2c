using System.Collections.Immutable;
using AdvFit.Messages;

namespace AdvFit.Sweeps.Decisions;

/// <summary>Decides which events a command causes. Pure: no input or output, no clock, no randomness.</summary>
public static class SweepDecisions
{
    /// <summary>What happens because of a command.</summary>
    /// <param name="state">The sweep as its journal has it; null where it has none.</param>
    /// <param name="command">The command.</param>
    /// <param name="now">The time on the host's clock.</param>
    public static Decision Decide(SweepState? state, SweepCommand command, DateTimeOffset now)
    {
        var at = state is not null && state.Updated > now ? state.Updated : now;
        var answer = (state, command) switch
        {
            (null, StartSweep start) => new UntimedDecision(
                new SweepPlanned(start.Spec, start.Data),
                new SessionStarted(start.Session) { FailFast = start.FailFast }),
            (null, _) => UntimedDecision.Reject("The sweep does not exist; start it first."),
            (_, StartSweep start) => StartDecisions.Decide(state, start),
            (_, AssignNext) => Assign(state, at),
            (_, ReportFact report) => FactDecisions.Decide(state, report.Fact),
            (_, ReleaseShuffle release) => Release(state, release),
            (_, StopSession) => state.InSession ? new UntimedDecision(new SessionStopped()) : UntimedDecision.Nothing,
            (_, PauseSweep) => Pause(state),
            (_, ResumeSweep) => Resume(state),
            (_, CancelSweep) => Cancel(state),
            (_, FreeFiles free) => Free(state, free),
            (_, RerunShuffles rerun) => RerunDecisions.Decide(state, rerun),
            _ => throw new ArgumentException($"No such command: {command.GetType().Name}.", nameof(command)),
        };
        return new Decision(answer.Events, at, answer.Rejection);
    }

    private static UntimedDecision Assign(SweepState state, DateTimeOffset now)
    {
        if (state.Waiting.IsEmpty || state.WantsRest)
        {
            return UntimedDecision.Nothing;
        }

        if (!state.InSession)
        {
            return UntimedDecision.Reject("No session is open; start the sweep again before assigning its shuffles.");
        }

        foreach (var number in state.Waiting)
        {
            if (!state.Delays.TryGetValue(number, out var due) || due <= now)
            {
                return new UntimedDecision(new ShuffleAssigned(number, state.Shuffle(number).Attempt + 1));
            }
        }

        return UntimedDecision.Nothing;
    }

    private static UntimedDecision Release(SweepState state, ReleaseShuffle release) =>
        state.HasShuffle(release.Shuffle) && state.Shuffle(release.Shuffle) is { IsRunning: true } shuffle
        && shuffle.Attempt == release.Attempt
            ? new UntimedDecision(new ShuffleReleased(release.Shuffle, release.Attempt))
            : UntimedDecision.Nothing;

    private static UntimedDecision Free(SweepState state, FreeFiles free)
    {
        foreach (var shuffle in free.Paths.Keys)
        {
            if (!state.HasShuffle(shuffle) || state.Shuffle(shuffle).Status != ShuffleStatus.Completed)
            {
                return UntimedDecision.Reject($"Shuffle {shuffle} is not completed; its files are still needed.");
            }
        }

        return new UntimedDecision([.. free.Paths.Select(files => new FilesFreed(files.Key, files.Value))], null);
    }

    private static UntimedDecision Pause(SweepState state) => state switch
    {
        { IsCancelled: true } => UntimedDecision.Reject("The sweep is cancelled; there is nothing to pause."),
        { AllEnded: true } => UntimedDecision.Reject("Every shuffle has ended; there is nothing to pause."),
        { IsPaused: true } => UntimedDecision.Nothing,
        _ => new UntimedDecision(new SweepPaused()),
    };

    private static UntimedDecision Resume(SweepState state) => state switch
    {
        { IsPaused: false, IsCancelled: false } => UntimedDecision.Nothing,
        _ => new UntimedDecision(new SweepResumed()),
    };

    private static UntimedDecision Cancel(SweepState state) => state switch
    {
        { IsCancelled: true } => UntimedDecision.Nothing,
        { AllEnded: true } => UntimedDecision.Reject("Every shuffle has ended; there is nothing to cancel."),
        _ => new UntimedDecision(new SweepCancelled()),
    };
}

/// <summary>A decision before it has its time.</summary>
internal sealed record UntimedDecision(ImmutableArray<SweepEvent> Events, string? Rejection)
{
    public UntimedDecision(params SweepEvent[] events)
        : this([.. events], null)
    {
    }

    public static UntimedDecision Nothing { get; } = new([], null);

    public static UntimedDecision Reject(string sentence) => new([], sentence);
}
