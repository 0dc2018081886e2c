using System.Collections.Immutable;
using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Journal;

namespace AdvFit.Sweeps.Cluster;

/// <summary>The analysis of one sweep.</summary>
/// <param name="Replay">The sweep, folded from the events of its actor.</param>
/// <param name="Outcomes">What its shuffles found, by their number; those that are no longer completed included.</param>
public sealed record AnalysedSweep(SweepReplay Replay, ImmutableSortedDictionary<int, ShuffleOutcome> Outcomes)
{
    /// <summary>A sweep without events.</summary>
    public static AnalysedSweep Empty { get; } = new(SweepReplay.Empty, ImmutableSortedDictionary<int, ShuffleOutcome>.Empty);

    /// <summary>What the completed shuffles found, in their order.</summary>
    public IEnumerable<ShuffleOutcome> Completed => Outcomes.Values.Where(
        outcome => Replay.State is { } state && state.HasShuffle(outcome.Shuffle)
            && state.Shuffle(outcome.Shuffle).Status == ShuffleStatus.Completed);
}

/// <summary>The state of the analysis of all sweeps: a fold of the events that are tagged for it, each of which may come twice.</summary>
/// <param name="Sweeps">The sweeps by their ids.</param>
public sealed record AnalysedSweeps(ImmutableSortedDictionary<string, AnalysedSweep> Sweeps)
{
    /// <summary>Knows of no sweep.</summary>
    public static AnalysedSweeps Empty { get; } =
        new(ImmutableSortedDictionary.Create<string, AnalysedSweep>(StringComparer.Ordinal));

    /// <summary>After one more event of a sweep's actor.</summary>
    /// <param name="sweep">The sweep's id.</param>
    /// <param name="number">The event's number among those of the sweep, from 1.</param>
    /// <param name="journaled">The event.</param>
    /// <exception cref="InvalidOperationException">Events between it and those known are missing.</exception>
    public AnalysedSweeps AddOfSweep(string sweep, long number, JournaledEvent journaled)
    {
        var known = Of(sweep);
        if (number > known.Replay.Number + 1)
        {
            throw new InvalidOperationException(
                $"Event {number} of the sweep {sweep} follows event {known.Replay.Number}; what is between is missing.");
        }

        return number <= known.Replay.Number
            ? this
            : With(sweep, known with { Replay = known.Replay.Add(journaled.Timed) });
    }

    /// <summary>After one more event of a shuffle's entity.</summary>
    public AnalysedSweeps AddOfShuffle(string sweep, JournaledEvent journaled)
    {
        var known = Of(sweep);
        return journaled.Event is FactRecorded { Fact: ShuffleEvaluated evaluated }
            ? With(sweep, known with { Outcomes = known.Outcomes.SetItem(evaluated.Shuffle, evaluated.Outcome) })
            : this;
    }

    private AnalysedSweep Of(string sweep) => Sweeps.GetValueOrDefault(sweep, AnalysedSweep.Empty);

    private AnalysedSweeps With(string sweep, AnalysedSweep known) => new(Sweeps.SetItem(sweep, known));
}
