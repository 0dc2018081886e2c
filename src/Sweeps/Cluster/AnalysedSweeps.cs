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

    /// <summary>What is wrong with its events, as a part of a sentence; null where nothing is. It is followed up to there.</summary>
    public string? Damage { get; init; }

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
    public AnalysedSweeps AddOfSweep(string sweep, long number, JournaledEvent journaled)
    {
        var known = Of(sweep);
        if (number <= known.Replay.Number || known.Damage is not null)
        {
            return this;
        }

        if (number > known.Replay.Number + 1)
        {
            return Damaged(sweep, $"its event {number} follows event {known.Replay.Number}, and what is between is missing");
        }

        try
        {
            return With(sweep, known with { Replay = known.Replay.Add(journaled.Timed) });
        }
        catch (InvalidOperationException)
        {
            return Damaged(sweep, $"its event {number} contradicts those before it");
        }
    }

    /// <summary>After an event of a sweep or its shuffles that makes no sense: it is followed no further.</summary>
    /// <param name="sweep">The sweep's id.</param>
    /// <param name="damage">As <see cref="AnalysedSweep.Damage"/>.</param>
    public AnalysedSweeps Damaged(string sweep, string damage) =>
        With(sweep, Of(sweep) is { Damage: null } sound ? sound with { Damage = damage } : Of(sweep));

    /// <summary>What is wrong with a sweep, as <see cref="AnalysedSweep.Damage"/>.</summary>
    public string? DamageOf(string sweep) => Sweeps.GetValueOrDefault(sweep)?.Damage;

    /// <summary>Without a sweep that was forgotten.</summary>
    public AnalysedSweeps Without(string sweep) => new(Sweeps.Remove(sweep));

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
