using AdvFit.Experiments;
using AdvFit.Messages;

namespace AdvFit.Sweeps.Cluster;

/// <summary>
/// The full facts of one shuffle, from the events of its entity, by attempt and stage: what the sweep's own events have in
/// brief. Not thread-safe.
/// </summary>
public sealed class ShuffleFacts
{
    private readonly Dictionary<(int Attempt, StageKey Stage), ShuffleFact> _facts = [];

    /// <summary>Takes in an event of the entity.</summary>
    public void Add(SweepEvent sweepEvent)
    {
        if (sweepEvent is FactRecorded { Fact: var fact } && StageKey.Of(fact) is { } stage)
        {
            _facts[(fact.Attempt, stage)] = fact;
        }
    }

    /// <summary>An event of the sweep with its fact in full; null where the entity's event was not taken in.</summary>
    public SweepEvent? Complete(SweepEvent sweepEvent) => sweepEvent is FactRecorded { Fact: StageCompletion brief }
        ? _facts.TryGetValue((brief.Attempt, brief.Stage), out var fact) ? new FactRecorded(fact) : null
        : sweepEvent;
}
