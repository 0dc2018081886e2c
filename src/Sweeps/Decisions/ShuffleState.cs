using AdvFit.Experiments;
using AdvFit.Messages;

namespace AdvFit.Sweeps.Decisions;

/// <summary>Where a shuffle stands.</summary>
public enum ShuffleStatus
{
    /// <summary>It can be assigned.</summary>
    Waiting,

    /// <summary>A slot works on its current attempt.</summary>
    Running,

    /// <summary>It has all that the sweep asks of it.</summary>
    Completed,

    /// <summary>It will not be tried again in this session.</summary>
    Failed,
}

/// <summary>One shuffle of a sweep.</summary>
/// <param name="Status">Where it stands.</param>
/// <param name="Attempt">The latest attempt assigned, from 1; 0 before the first.</param>
/// <param name="Failures">Attempts that failed in this session.</param>
/// <param name="Cause">Why an attempt failed, the latest that did; null where none did or once completed.</param>
/// <param name="Record">The stages done, by whichever attempt.</param>
/// <param name="Outcome">What it found, once completed; else null.</param>
public sealed record ShuffleState(
    ShuffleStatus Status, int Attempt, int Failures, string? Cause, ShuffleRecord Record, ShuffleOutcome? Outcome)
{
    /// <summary>A shuffle that nobody has tried yet.</summary>
    public static ShuffleState Untried { get; } = new(ShuffleStatus.Waiting, 0, 0, null, ShuffleRecord.Empty, null);

    internal bool HasAttack(string label) => Record.Attacks.Any(attack => attack.Outcome.Attack == label);

    internal bool HasNeighbours(string subset) => Record.Neighbours.Any(found => found.Subset == subset);

    internal bool HasEveryAttackOf(SweepSpec spec) => spec.Attacks.All(attack => HasAttack(attack.Label));

    internal bool HasEveryNeighbourOf(SweepSpec spec) => spec.Knn is null
        || (HasNeighbours(Subsets.Train) && HasNeighbours(Subsets.Test)
            && spec.Attacks.All(attack => HasNeighbours(attack.Label)));
}
