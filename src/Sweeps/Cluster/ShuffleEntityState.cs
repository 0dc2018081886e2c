using System.Collections.Immutable;
using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Queries;

namespace AdvFit.Sweeps.Cluster;

/// <summary>
/// What the entity of a shuffle knows: a fold of its events and nothing else. It keeps what is done with its files, and
/// fences out what older attempts report.
/// </summary>
/// <param name="Attempt">The attempt that counts, from 1; 0 before the first.</param>
/// <param name="Record">What is done.</param>
/// <param name="Reported">The stages that this attempt reported.</param>
/// <param name="End">The fact that ended this attempt; null while it goes on.</param>
/// <param name="Events">Number of events.</param>
public sealed record ShuffleEntityState(
    int Attempt, ShuffleRecord Record, ImmutableHashSet<StageKey> Reported, ShuffleFact? End, int Events)
{
    /// <summary>Of a shuffle that nobody has tried.</summary>
    public static ShuffleEntityState Empty { get; } = new(0, ShuffleRecord.Empty, [], null, 0);

    /// <summary>What becomes of a fact.</summary>
    public enum FactDisposition
    {
        /// <summary>It is to be recorded, and then passed on.</summary>
        Record,

        /// <summary>It is recorded already, and only to be passed on again.</summary>
        PassOn,

        /// <summary>Its attempt does not count any more.</summary>
        Fence,
    }

    /// <summary>
    /// The events of a new attempt; none where it has begun already, or a later one has.
    /// </summary>
    /// <param name="begin">The attempt, and what the sweep counts as done: whatever else there is gets dropped.</param>
    public ImmutableArray<SweepEvent> Decide(BeginAttempt begin)
    {
        if (begin.Attempt.Attempt <= Attempt)
        {
            return [];
        }

        var (shuffle, attempt) = (begin.Attempt.Shuffle, begin.Attempt.Attempt);
        ImmutableArray<string> dropped =
            [.. Record.Stages.Where(stage => !begin.Kept.Has(stage)).Select(stage => stage.ToString())];
        return dropped.IsEmpty
            ? [new ShuffleAssigned(shuffle, attempt)]
            : [new ShuffleReopened(shuffle, dropped), new ShuffleAssigned(shuffle, attempt)];
    }

    /// <summary>What becomes of a fact.</summary>
    /// <exception cref="ArgumentException">Its attempt has not begun.</exception>
    public FactDisposition Decide(ShuffleFact fact)
    {
        if (fact.Attempt > Attempt)
        {
            throw new ArgumentException($"Attempt {fact.Attempt} of shuffle {fact.Shuffle} has not begun.", nameof(fact));
        }

        if (fact.Attempt < Attempt)
        {
            return FactDisposition.Fence;
        }

        // An attempt whose last stage the sweep refused may yet fail.
        return (fact, End) switch
        {
            (AttemptFailed, AttemptFailed) => FactDisposition.PassOn,
            (AttemptFailed, _) => FactDisposition.Record,
            _ when StageKey.Of(fact) is { } stage && Reported.Contains(stage) => FactDisposition.PassOn,
            (_, null) => FactDisposition.Record,
            _ => FactDisposition.Fence,
        };
    }

    /// <summary>The ledger after one more event.</summary>
    public ShuffleEntityState Apply(SweepEvent sweepEvent)
    {
        var next = this with { Record = ShuffleRecords.Add(Record, sweepEvent), Events = Events + 1 };
        return sweepEvent switch
        {
            ShuffleAssigned assigned => next with { Attempt = assigned.Attempt, Reported = [], End = null },
            FactRecorded { Fact: var fact } => next with
            {
                Reported = StageKey.Of(fact) is { } stage ? Reported.Add(stage) : Reported,
                End = fact is ShuffleEvaluated or AttemptFailed ? fact : End,
            },
            _ => next,
        };
    }
}
