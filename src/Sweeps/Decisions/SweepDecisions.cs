using System.Collections.Immutable;
using AdvFit.Messages;

namespace AdvFit.Sweeps.Decisions;

/// <summary>All that decides about a sweep. Pure: no input or output, no clock, no randomness.</summary>
public static class SweepDecisions
{
    /// <summary>What happens because of a command.</summary>
    /// <param name="state">The sweep as its journal has it; null where it has none.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="now">The time on the host's clock.</param>
    public static Decision Decide(SweepState? state, SweepCommand command, DateTimeOffset now)
    {
        var at = state is not null && state.Updated > now ? state.Updated : now;
        var answer = (state, command) switch
        {
            (null, StartSweep start) => new Answer(
                new SweepPlanned(start.Spec, start.Data),
                new SessionStarted(start.Session) { FailFast = start.FailFast }),
            (null, _) => Answer.Reject("The sweep does not exist; start it first."),
            (_, StartSweep start) => StartDecisions.Decide(state, start),
            (_, AssignNext) => Assign(state, at),
            (_, ReportFact report) => FactDecisions.Decide(state, report.Fact),
            (_, ReleaseShuffle release) => Release(state, release),
            (_, StopSession) => state.InSession ? new Answer(new SessionStopped()) : Answer.Nothing,
            (_, PauseSweep) => Pause(state),
            (_, ResumeSweep) => Resume(state),
            (_, CancelSweep) => Cancel(state),
            (_, RerunShuffles rerun) => RerunDecisions.Decide(state, rerun),
            _ => throw new ArgumentException($"No such command: {command.GetType().Name}.", nameof(command)),
        };
        return new Decision(answer.Events, at, answer.Rejection);
    }

    private static Answer Assign(SweepState state, DateTimeOffset now)
    {
        if (state.Waiting.IsEmpty || state.WantsRest)
        {
            return Answer.Nothing;
        }

        if (!state.InSession)
        {
            return Answer.Reject("No session is open; start the sweep again before assigning its shuffles.");
        }

        foreach (var number in state.Waiting)
        {
            if (!state.Delays.TryGetValue(number, out var due) || due <= now)
            {
                return new Answer(new ShuffleAssigned(number, state.Shuffle(number).Attempt + 1));
            }
        }

        return Answer.Nothing;
    }

    private static Answer Release(SweepState state, ReleaseShuffle release) =>
        state.HasShuffle(release.Shuffle) && state.Shuffle(release.Shuffle) is { IsRunning: true } shuffle
        && shuffle.Attempt == release.Attempt
            ? new Answer(new ShuffleReleased(release.Shuffle, release.Attempt))
            : Answer.Nothing;

    private static Answer Pause(SweepState state) => state switch
    {
        { IsCancelled: true } => Answer.Reject("The sweep is cancelled; there is nothing to pause."),
        { AllEnded: true } => Answer.Reject("Every shuffle has ended; there is nothing to pause."),
        { IsPaused: true } => Answer.Nothing,
        _ => new Answer(new SweepPaused()),
    };

    private static Answer Resume(SweepState state) => state switch
    {
        { IsPaused: false, IsCancelled: false } => Answer.Nothing,
        _ => new Answer(new SweepResumed()),
    };

    private static Answer Cancel(SweepState state) => state switch
    {
        { IsCancelled: true } => Answer.Nothing,
        { AllEnded: true } => Answer.Reject("Every shuffle has ended; there is nothing to cancel."),
        _ => new Answer(new SweepCancelled()),
    };
}

/// <summary>A decision before it has its time.</summary>
internal sealed record Answer(ImmutableArray<SweepEvent> Events, string? Rejection)
{
    public Answer(params SweepEvent[] events)
        : this([.. events], null)
    {
    }

    public static Answer Nothing { get; } = new([], null);

    public static Answer Reject(string sentence) => new([], sentence);
}
