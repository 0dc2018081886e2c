using System.Collections.Immutable;
using AdvFit.Messages;

namespace AdvFit.Analysis.Slopes;

/// <summary>Counts what each step of the k-NN workflow left of the test samples.</summary>
internal static class AttackFilters
{
    internal static AttackFilter Of(string label, ImmutableArray<ShuffleOutcome> outcomes)
    {
        AttackOutcome[] attacks = [.. outcomes.Select(outcome => outcome.Attacks.Single(attack => attack.Attack == label))];
        TransferOutcome[] kept = [.. attacks.Select(attack => attack.Transfer!)];
        AccuracyCurve[] test = [.. outcomes.Select(outcome => outcome.Curves.Single(curve => curve.Subset == Subsets.Test))];
        var (fooledNetwork, fooledKnn) = (attacks.Sum(attack => (long)attack.Succeeded), kept.Sum(set => (long)set.Kept));
        return new AttackFilter(
            label, test.Sum(curve => (long)curve.Samples), test.Sum(curve => (long)curve.Correct[0]),
            outcomes.Sum(outcome => (long)outcome.Network!.BothCorrect), attacks.Sum(attack => (long)attack.Attempted),
            fooledNetwork, fooledKnn,
            fooledNetwork == 0
                ? ValueOrReason.Absent<double>("no example fooled the network")
                : ValueOrReason.Of(fooledKnn / (double)fooledNetwork),
            AttackSummaries.Pool([.. kept.Select(set => set.L2)]), AttackSummaries.Pool([.. kept.Select(set => set.Linf)]));
    }
}
