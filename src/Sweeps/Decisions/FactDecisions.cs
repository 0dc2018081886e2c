using AdvFit.Messages;

namespace AdvFit.Sweeps.Decisions;

/// <summary>
/// Which facts are recorded. Those of an older attempt, or of one that has ended, change nothing (design rule 5); nor does
/// a fact told twice. A fact that skips a stage is refused.
/// </summary>
internal static class FactDecisions
{
    public static Answer Decide(SweepState state, ShuffleFact fact)
    {
        if (!state.HasShuffle(fact.Shuffle))
        {
            return Answer.Reject($"There is no shuffle {fact.Shuffle}; the sweep has {state.Shuffles.Count}.");
        }

        var shuffle = state.Shuffle(fact.Shuffle);
        if (fact.Attempt > shuffle.Attempt)
        {
            return Answer.Reject($"Attempt {fact.Attempt} of shuffle {fact.Shuffle} was never assigned.");
        }

        if (fact.Attempt < shuffle.Attempt || shuffle.Status != ShuffleStatus.Running || IsRecorded(shuffle, fact))
        {
            return Answer.Nothing;
        }

        if (Fault(state.Spec, shuffle, fact) is { } fault)
        {
            return Answer.Reject($"Shuffle {fact.Shuffle}, attempt {fact.Attempt}: {fault}");
        }

        var recorded = new FactRecorded(fact);
        var after = state.Apply(recorded, state.Updated);
        return after.AllEnded
            ? new Answer(recorded, new SweepFinished(after.Completed, after.Failed))
            : new Answer(recorded);
    }

    private static bool IsRecorded(ShuffleState shuffle, ShuffleFact fact) => fact switch
    {
        EpochTrained epoch => shuffle.Record.Epochs.Contains(epoch),
        NeighboursFound found => shuffle.Record.Neighbours.Contains(found),
        AttackCrafted attack => shuffle.Record.Attacks.Contains(attack),
        _ => false,
    };

    /// <summary>What is wrong with a fact of the current attempt, as the end of a sentence; null where nothing is.</summary>
    private static string? Fault(SweepSpec spec, ShuffleState shuffle, ShuffleFact fact)
    {
        var trained = shuffle.Record.Epochs.Length;
        switch (fact)
        {
            case EpochTrained epoch when epoch.Epoch < 1 || epoch.Epoch > spec.Training.Epochs:
                return $"there is no epoch {epoch.Epoch}; the sweep trains {spec.Training.Epochs}.";
            case EpochTrained epoch when epoch.Epoch > trained + 1:
                return $"epoch {epoch.Epoch} was reported before epoch {trained + 1}.";
            case AttackCrafted attack when spec.Attacks.All(asked => asked.Label != attack.Outcome.Attack):
                return $"the sweep has no attack {attack.Outcome.Attack}.";
            case NeighboursFound when spec.Knn is null:
                return "the sweep has no k-NN classifier.";
            case NeighboursFound found when found.Subset is not (Subsets.Train or Subsets.Test)
                && spec.Attacks.All(asked => asked.Label != found.Subset):
                return $"the sweep has no subset {found.Subset}.";
            case AttackCrafted or NeighboursFound or ShuffleEvaluated when trained < spec.Training.Epochs:
                return $"only {trained} of {spec.Training.Epochs} epochs were reported before what follows training.";
            case NeighboursFound found when found.Subset is not (Subsets.Train or Subsets.Test)
                && !shuffle.HasAttack(found.Subset):
                return $"the neighbours of {found.Subset} were reported before its examples.";
            case AttackCrafted when spec.Knn is not null && !shuffle.HasNeighbours(Subsets.Test):
                return "examples were reported before the neighbours of the test samples, which say what to attack.";
            case ShuffleEvaluated evaluated when evaluated.Outcome.Shuffle != fact.Shuffle:
                return $"the outcome is that of shuffle {evaluated.Outcome.Shuffle}.";
            case ShuffleEvaluated when !shuffle.HasEveryAttackOf(spec):
                return "it was evaluated before every attack was reported.";
            case ShuffleEvaluated when !shuffle.HasEveryNeighbourOf(spec):
                return "it was evaluated before the neighbours of every subset were reported.";
            default:
                return null;
        }
    }
}
