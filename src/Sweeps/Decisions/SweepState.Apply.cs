using System.Collections.Immutable;
using AdvFit.Experiments;
using AdvFit.Messages;

namespace AdvFit.Sweeps.Decisions;

public sealed partial record SweepState
{
    /// <summary>The state after one more event of the journal.</summary>
    /// <param name="state">The state before; null before the first event.</param>
    /// <param name="sweepEvent">What happened.</param>
    /// <param name="at">When.</param>
    /// <exception cref="InvalidOperationException">The event cannot follow that state: no decision made it.</exception>
    public static SweepState Apply(SweepState? state, SweepEvent sweepEvent, DateTimeOffset at) =>
        (state, sweepEvent) switch
        {
            (null, SweepPlanned planned) => Begin(planned, at),
            (not null, not SweepPlanned) => state.Apply(sweepEvent, at),
            _ => throw Impossible(sweepEvent),
        };

    /// <summary>The state after one more event of the journal.</summary>
    /// <inheritdoc cref="Apply(SweepState?, SweepEvent, DateTimeOffset)"/>
    public SweepState Apply(SweepEvent sweepEvent, DateTimeOffset at)
    {
        var next = sweepEvent switch
        {
            SweepExtended extended => Extend(extended.Spec),
            SessionStarted started => BeginSession(started, at),
            SessionStopped => FreeAll() with { InSession = false },
            SweepFinished => this with { InSession = false },
            SweepPaused => this with { IsPaused = true },
            SweepResumed => Resume(),
            SweepCancelled => Cancel(),
            ShuffleAssigned assigned when HasShuffle(assigned.Shuffle) => Assign(assigned),
            ShuffleReleased released when HasShuffle(released.Shuffle) => With(released.Shuffle, Free(Shuffle(released.Shuffle))),
            ShuffleReopened reopened when HasShuffle(reopened.Shuffle) => Reopen(reopened),
            FilesFreed freed when HasShuffle(freed.Shuffle) => this,
            FactRecorded recorded when HasShuffle(recorded.Fact.Shuffle) => Record(recorded.Fact, at),
            _ => throw Impossible(sweepEvent),
        };
        return next with { Updated = at };
    }

    private static SweepState Begin(SweepPlanned planned, DateTimeOffset at) => new()
    {
        Spec = planned.Spec,
        Data = planned.Data,
        Plan = StagePlan.Of(Workflow.Of(planned.Spec)),
        Shuffles = [.. Enumerable.Repeat(ShuffleState.Untried, planned.Spec.Shuffles)],
        Waiting = [.. Enumerable.Range(1, planned.Spec.Shuffles)],
        Delays = ImmutableSortedDictionary<int, DateTimeOffset>.Empty,
        Running = ImmutableSortedDictionary<int, StagesDone>.Empty,
        Completed = 0,
        Failed = 0,
        Cancelled = 0,
        InSession = false,
        FailFast = false,
        IsPaused = false,
        IsCancelled = false,
        SessionBegan = null,
        Created = at,
        Updated = at,
    };

    private SweepState Extend(SweepSpec spec)
    {
        var added = Math.Max(0, spec.Shuffles - Shuffles.Count);
        var plan = StagePlan.Of(Workflow.Of(spec), Plan.Named);
        var next = this with
        {
            Spec = spec,
            Plan = plan,
            Shuffles = Shuffles.AddRange(Enumerable.Repeat(ShuffleState.Untried, added)),
            Waiting = Waiting.Union(Enumerable.Range(Shuffles.Count + 1, added)),
        };
        return next.ForEach(
            shuffle => shuffle.Status == ShuffleStatus.Completed && !plan.HasAll(shuffle.Done),
            shuffle => Wait(shuffle, ShuffleTrigger.Extended) with
            {
                Done = plan.Without(shuffle.Done, stage => stage == plan.Workflow.Last),
            });
    }

    /// <summary>Frees what a dead session left assigned, and gives what failed another chance.</summary>
    private SweepState BeginSession(SessionStarted started, DateTimeOffset at)
    {
        var next = FreeAll().ForEach(
            shuffle => shuffle.Status == ShuffleStatus.Failed || (shuffle.Status == ShuffleStatus.Planned && shuffle.Failures > 0),
            shuffle => Wait(shuffle, ShuffleTrigger.SessionBegan));
        return next with { InSession = true, FailFast = started.FailFast, IsPaused = false, SessionBegan = at };
    }

    private SweepState Cancel() => ForEach(
        shuffle => shuffle.Status == ShuffleStatus.Planned,
        shuffle => shuffle with { Status = Lifecycle.Next(shuffle.Status, ShuffleTrigger.SweepCancelled) })
        with
    { IsCancelled = true };

    private SweepState Resume() => ForEach(
        shuffle => shuffle.Status == ShuffleStatus.Cancelled,
        shuffle => Wait(shuffle, ShuffleTrigger.SweepResumed))
        with
    { IsPaused = false, IsCancelled = false };

    private SweepState FreeAll()
    {
        var next = this;
        foreach (var number in Running.Keys)
        {
            next = next.With(number, Free(Shuffle(number)));
        }

        return next;
    }

    private ShuffleState Free(ShuffleState shuffle) => shuffle with
    {
        Status = Lifecycle.Next(
            shuffle.Status, IsCancelled ? ShuffleTrigger.FreedWhenCancelled : ShuffleTrigger.Freed),
    };

    private static ShuffleState Wait(ShuffleState shuffle, ShuffleTrigger trigger) =>
        shuffle with { Status = Lifecycle.Next(shuffle.Status, trigger), Failures = 0 };

    private SweepState Assign(ShuffleAssigned assigned)
    {
        var shuffle = Shuffle(assigned.Shuffle);
        return With(assigned.Shuffle, shuffle with
        {
            Status = Lifecycle.Next(shuffle.Status, ShuffleTrigger.Assign),
            Attempt = assigned.Attempt,
        });
    }

    private SweepState Reopen(ShuffleReopened reopened)
    {
        var shuffle = Shuffle(reopened.Shuffle);
        return With(reopened.Shuffle, Wait(shuffle, ShuffleTrigger.Reopened) with
        {
            Done = Plan.Without(shuffle.Done, stage => StageNames.AreAny(reopened.Stages, stage)),
        });
    }

    private SweepState Record(ShuffleFact fact, DateTimeOffset at)
    {
        var shuffle = Shuffle(fact.Shuffle);
        if (fact is AttemptFailed failed)
        {
            return Fail(shuffle, failed, at);
        }

        var stage = StageKey.Of(fact) ?? throw Impossible(new FactRecorded(fact));
        var done = Plan.With(shuffle.Done, stage);
        var next = stage == Plan.Workflow.Last
            ? With(fact.Shuffle, shuffle with
            {
                Status = Lifecycle.Next(shuffle.Status, ShuffleTrigger.Concluded),
                Cause = null,
                Done = done,
            })
            : With(fact.Shuffle, shuffle with
            {
                Status = Lifecycle.Next(shuffle.Status, ShuffleTrigger.StageDone),
                Done = done,
            });
        return next.Running.TryGetValue(fact.Shuffle, out var told)
            ? next with { Running = next.Running.SetItem(fact.Shuffle, Plan.With(told, stage)) }
            : next;
    }

    private SweepState Fail(ShuffleState shuffle, AttemptFailed failed, DateTimeOffset at)
    {
        var failures = shuffle.Failures + 1;
        var again = failed.Retryable && failures < RetryPolicy.AttemptsPerSession;
        var trigger = !again ? ShuffleTrigger.FailedForGood
            : IsCancelled ? ShuffleTrigger.FreedWhenCancelled
            : ShuffleTrigger.FailedForNow;
        var next = With(failed.Shuffle, shuffle with
        {
            Status = Lifecycle.Next(shuffle.Status, trigger),
            Failures = failures,
            Cause = failed.Cause,
        });
        return trigger == ShuffleTrigger.FailedForNow
            ? next with { Delays = next.Delays.SetItem(failed.Shuffle, at + RetryPolicy.DelayAfter(failures)) }
            : next;
    }

    private SweepState ForEach(Func<ShuffleState, bool> chosen, Func<ShuffleState, ShuffleState> change)
    {
        var next = this;
        var number = 0;
        foreach (var shuffle in Shuffles)
        {
            number++;
            if (chosen(shuffle))
            {
                next = next.With(number, change(shuffle));
            }
        }

        return next;
    }

    /// <summary>Puts a shuffle in place of its former self and keeps the sets and counts in step.</summary>
    private SweepState With(int number, ShuffleState shuffle)
    {
        var before = Shuffle(number);
        var next = this with { Shuffles = Shuffles.SetItem(number - 1, shuffle) };
        if (!Delays.IsEmpty)
        {
            next = next with { Delays = Delays.Remove(number) };
        }

        if (before.Status == shuffle.Status)
        {
            return next;
        }

        return next with
        {
            Waiting = Change(ShuffleStatus.Planned) switch
            {
                > 0 => Waiting.Add(number),
                < 0 => Waiting.Remove(number),
                _ => Waiting,
            },
            Running = (before.IsRunning, shuffle.IsRunning) switch
            {
                (false, true) => Running.Add(number, default),
                (true, false) => Running.Remove(number),
                _ => Running,
            },
            Completed = Completed + Change(ShuffleStatus.Completed),
            Failed = Failed + Change(ShuffleStatus.Failed),
            Cancelled = Cancelled + Change(ShuffleStatus.Cancelled),
        };

        int Change(ShuffleStatus status) => (shuffle.Status == status ? 1 : 0) - (before.Status == status ? 1 : 0);
    }

    private static InvalidOperationException Impossible(SweepEvent sweepEvent) =>
        new($"The event {sweepEvent.GetType().Name} cannot happen here; the sweep's journal does not make sense.");
}
