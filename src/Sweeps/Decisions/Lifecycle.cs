using System.Collections.Frozen;
using System.Collections.Immutable;

namespace AdvFit.Sweeps.Decisions;

/// <summary>Where a shuffle stands.</summary>
public enum ShuffleStatus
{
    /// <summary>It can be assigned, perhaps only after a while.</summary>
    Planned,

    /// <summary>A slot has its current attempt and has reported nothing yet.</summary>
    Assigned,

    /// <summary>A slot works on its current attempt: it trains, attacks, .. (<see cref="SweepState.Doing"/>).</summary>
    Working,

    /// <summary>It has all that the sweep asks of it.</summary>
    Completed,

    /// <summary>It will not be tried again in this session.</summary>
    Failed,

    /// <summary>The sweep was cancelled before it was done.</summary>
    Cancelled,
}

/// <summary>What happens to a shuffle.</summary>
public enum ShuffleTrigger
{
    /// <summary>A slot got it.</summary>
    Assign,

    /// <summary>A stage is done.</summary>
    StageDone,

    /// <summary>The last stage is done.</summary>
    Concluded,

    /// <summary>The attempt failed for a cause that may pass, and may be repeated.</summary>
    FailedForNow,

    /// <summary>The attempt failed for a cause that cannot pass, or once too often.</summary>
    FailedForGood,

    /// <summary>Its slot gave it back, or died.</summary>
    Freed,

    /// <summary>Its slot gave it back, or died, and the sweep is cancelled.</summary>
    FreedWhenCancelled,

    /// <summary>A session began.</summary>
    SessionBegan,

    /// <summary>The sweep asks for more of it.</summary>
    Extended,

    /// <summary>The user wants it done again.</summary>
    Reopened,

    /// <summary>The sweep was cancelled.</summary>
    SweepCancelled,

    /// <summary>The cancelled sweep goes on.</summary>
    SweepResumed,
}

/// <summary>One row of the table.</summary>
public sealed record Transition(ShuffleStatus From, ShuffleTrigger On, ShuffleStatus To);

/// <summary>The life of a shuffle: all that can happen to it. docs/sweeps.md shows this table, and a test compares the two.</summary>
public static class Lifecycle
{
    /// <summary>Every transition there is; whatever is not here cannot happen.</summary>
    public static ImmutableArray<Transition> Table { get; } =
    [
        new(ShuffleStatus.Planned, ShuffleTrigger.Assign, ShuffleStatus.Assigned),
        new(ShuffleStatus.Planned, ShuffleTrigger.SessionBegan, ShuffleStatus.Planned),
        new(ShuffleStatus.Planned, ShuffleTrigger.SweepCancelled, ShuffleStatus.Cancelled),
        new(ShuffleStatus.Planned, ShuffleTrigger.Reopened, ShuffleStatus.Planned),
        new(ShuffleStatus.Assigned, ShuffleTrigger.StageDone, ShuffleStatus.Working),
        new(ShuffleStatus.Assigned, ShuffleTrigger.Concluded, ShuffleStatus.Completed),
        new(ShuffleStatus.Assigned, ShuffleTrigger.FailedForNow, ShuffleStatus.Planned),
        new(ShuffleStatus.Assigned, ShuffleTrigger.FailedForGood, ShuffleStatus.Failed),
        new(ShuffleStatus.Assigned, ShuffleTrigger.Freed, ShuffleStatus.Planned),
        new(ShuffleStatus.Assigned, ShuffleTrigger.FreedWhenCancelled, ShuffleStatus.Cancelled),
        new(ShuffleStatus.Working, ShuffleTrigger.StageDone, ShuffleStatus.Working),
        new(ShuffleStatus.Working, ShuffleTrigger.Concluded, ShuffleStatus.Completed),
        new(ShuffleStatus.Working, ShuffleTrigger.FailedForNow, ShuffleStatus.Planned),
        new(ShuffleStatus.Working, ShuffleTrigger.FailedForGood, ShuffleStatus.Failed),
        new(ShuffleStatus.Working, ShuffleTrigger.Freed, ShuffleStatus.Planned),
        new(ShuffleStatus.Working, ShuffleTrigger.FreedWhenCancelled, ShuffleStatus.Cancelled),
        new(ShuffleStatus.Completed, ShuffleTrigger.Extended, ShuffleStatus.Planned),
        new(ShuffleStatus.Completed, ShuffleTrigger.Reopened, ShuffleStatus.Planned),
        new(ShuffleStatus.Failed, ShuffleTrigger.SessionBegan, ShuffleStatus.Planned),
        new(ShuffleStatus.Failed, ShuffleTrigger.Reopened, ShuffleStatus.Planned),
        new(ShuffleStatus.Cancelled, ShuffleTrigger.SweepResumed, ShuffleStatus.Planned),
    ];

    private static readonly FrozenDictionary<(ShuffleStatus, ShuffleTrigger), ShuffleStatus> ByTrigger =
        Table.ToFrozenDictionary(row => (row.From, row.On), row => row.To);

    /// <summary>Where a shuffle stands afterwards.</summary>
    /// <exception cref="InvalidOperationException">That cannot happen to it.</exception>
    public static ShuffleStatus Next(ShuffleStatus status, ShuffleTrigger trigger) =>
        ByTrigger.TryGetValue((status, trigger), out var next)
            ? next
            : throw new InvalidOperationException(
                $"A shuffle that is {status.Word()} cannot be told {trigger}; the sweep's journal does not make sense.");

    /// <summary>A status as users see it, such as <c>planned</c>.</summary>
    public static string Word(this ShuffleStatus status) => status.ToString().ToLowerInvariant();
}
