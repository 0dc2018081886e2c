using System.Collections.Immutable;
using AdvFit.Messages;

namespace AdvFit.Sweeps.Decisions;

public sealed partial record SweepState
{
    /// <summary>Attempts that a shuffle gets in one session when each fails for a cause that may pass.</summary>
    public const int AttemptsPerSession = 3;

    /// <summary>The state after one more event of the journal.</summary>
    /// <param name="state">The state before; null before the first event.</param>
    /// <param name="sweepEvent">What happened.</param>
    /// <param name="at">When.</param>
    /// <exception cref="InvalidOperationException">The event cannot follow that state: no decision made it.</exception>
    public static SweepState Apply(SweepState? state, SweepEvent sweepEvent, DateTimeOffset at) =>
        (state, sweepEvent) switch
        {
            (null, SweepPlanned planned) => Plan(planned, at),
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
            SessionStarted => BeginSession(at),
            SessionStopped => Free() with { InSession = false },
            SweepFinished => this with { InSession = false },
            ShuffleAssigned assigned when HasShuffle(assigned.Shuffle) => Assign(assigned),
            FactRecorded recorded when HasShuffle(recorded.Fact.Shuffle) => Record(recorded.Fact),
            _ => throw Impossible(sweepEvent),
        };
        return next with { Updated = at };
    }

    private static SweepState Plan(SweepPlanned planned, DateTimeOffset at) => new()
    {
        Spec = planned.Spec,
        Data = planned.Data,
        Shuffles = [.. Enumerable.Repeat(ShuffleState.Untried, planned.Spec.Shuffles)],
        Waiting = [.. Enumerable.Range(1, planned.Spec.Shuffles)],
        Running = [],
        Completed = 0,
        Failed = 0,
        InSession = false,
        SessionBegan = null,
        Created = at,
        Updated = at,
    };

    private SweepState Extend(SweepSpec spec)
    {
        var added = Math.Max(0, spec.Shuffles - Shuffles.Count);
        var next = this with
        {
            Spec = spec,
            Shuffles = Shuffles.AddRange(Enumerable.Repeat(ShuffleState.Untried, added)),
            Waiting = Waiting.Union(Enumerable.Range(Shuffles.Count + 1, added)),
        };
        return next.Reset(shuffle => shuffle.Status == ShuffleStatus.Completed && !shuffle.HasEveryAttackOf(spec));
    }

    /// <summary>Frees what a dead session left assigned, and gives what failed another chance.</summary>
    private SweepState BeginSession(DateTimeOffset at)
    {
        var next = Reset(shuffle => shuffle.Status switch
        {
            ShuffleStatus.Running or ShuffleStatus.Failed => true,
            ShuffleStatus.Waiting => shuffle.Failures > 0,
            _ => false,
        });
        return next with { InSession = true, SessionBegan = at };
    }

    private SweepState Free() => Reset(shuffle => shuffle.Status == ShuffleStatus.Running);

    /// <summary>Lets the chosen shuffles wait again; what is done of them stays.</summary>
    private SweepState Reset(Func<ShuffleState, bool> chosen)
    {
        var next = this;
        var number = 0;
        foreach (var shuffle in Shuffles)
        {
            number++;
            if (chosen(shuffle))
            {
                next = next.With(number, shuffle with { Status = ShuffleStatus.Waiting, Failures = 0, Outcome = null });
            }
        }

        return next;
    }

    private SweepState Assign(ShuffleAssigned assigned) => With(
        assigned.Shuffle,
        Shuffle(assigned.Shuffle) with { Status = ShuffleStatus.Running, Attempt = assigned.Attempt });

    private SweepState Record(ShuffleFact fact)
    {
        var shuffle = Shuffle(fact.Shuffle);
        var record = shuffle.Record;
        return With(fact.Shuffle, fact switch
        {
            EpochTrained epoch => shuffle with
            {
                Record = record with { Epochs = Put(record.Epochs, epoch, other => other.Epoch == epoch.Epoch) },
            },
            NeighboursFound found => shuffle with
            {
                Record = record with
                {
                    Neighbours = Put(record.Neighbours, found, other => other.Subset == found.Subset),
                },
            },
            AttackCrafted attack => shuffle with
            {
                Record = record with
                {
                    Attacks = Put(record.Attacks, attack, other => other.Outcome.Attack == attack.Outcome.Attack),
                },
            },
            ShuffleEvaluated evaluated => shuffle with
            {
                Status = ShuffleStatus.Completed,
                Cause = null,
                Outcome = evaluated.Outcome,
            },
            AttemptFailed failed => shuffle with
            {
                Status = failed.Retryable && shuffle.Failures + 1 < AttemptsPerSession
                    ? ShuffleStatus.Waiting
                    : ShuffleStatus.Failed,
                Failures = shuffle.Failures + 1,
                Cause = failed.Cause,
            },
            _ => throw Impossible(new FactRecorded(fact)),
        });
    }

    /// <summary>Replaces the matching element, or appends.</summary>
    private static ImmutableArray<T> Put<T>(ImmutableArray<T> elements, T element, Func<T, bool> matches)
    {
        for (var i = 0; i < elements.Length; i++)
        {
            if (matches(elements[i]))
            {
                return elements.SetItem(i, element);
            }
        }

        return elements.Add(element);
    }

    /// <summary>Puts a shuffle in place of its former self and keeps the sets and counts in step.</summary>
    private SweepState With(int number, ShuffleState shuffle)
    {
        var (before, after) = (Shuffle(number).Status, shuffle.Status);
        var next = this with { Shuffles = Shuffles.SetItem(number - 1, shuffle) };
        if (before == after)
        {
            return next;
        }

        return next with
        {
            Waiting = Move(Waiting, ShuffleStatus.Waiting),
            Running = Move(Running, ShuffleStatus.Running),
            Completed = Completed + Change(ShuffleStatus.Completed),
            Failed = Failed + Change(ShuffleStatus.Failed),
        };

        int Change(ShuffleStatus status) => (after == status ? 1 : 0) - (before == status ? 1 : 0);

        ImmutableSortedSet<int> Move(ImmutableSortedSet<int> set, ShuffleStatus status) => Change(status) switch
        {
            > 0 => set.Add(number),
            < 0 => set.Remove(number),
            _ => set,
        };
    }

    private static InvalidOperationException Impossible(SweepEvent sweepEvent) =>
        new($"The event {sweepEvent.GetType().Name} cannot happen here; the sweep's journal does not make sense.");
}
