using AdvFit.Messages;
using static AdvFit.Analysis.OutcomeChecks;

namespace AdvFit.Analysis.Slopes;

/// <summary>Refuses outcomes of k-NN sweeps that contradict the workflow.</summary>
internal static class KnnChecks
{
    /// <exception cref="AnalysisException">The first contradiction found.</exception>
    internal static void Check(ShuffleOutcome outcome, KnnSpec knn)
    {
        Require(
            outcome.Levels.SequenceEqual(Enumerable.Range(0, (knn.Z + 1) / 2).Select(i => knn.Z - 2 * i)),
            outcome.Shuffle, $"its fit levels are not K = {knn.Z}, {knn.Z - 2}, .., 1");
        Require(outcome.ReferenceLevel == knn.Z, outcome.Shuffle, $"its reference level is not Z = {knn.Z}");
        var test = outcome.Curves.Single(curve => curve.Subset == Subsets.Test);
        var fail = outcome.Curves.Single(curve => curve.Subset == Subsets.Fail);
        Require(
            fail.Samples == test.Samples - test.Correct[0], outcome.Shuffle,
            $"its fail set has {fail.Samples} samples, but {knn.Z}-NN gets {test.Samples - test.Correct[0]} test samples wrong");
        CheckNetwork(outcome, test);
        foreach (var attack in outcome.Attacks)
        {
            CheckFilter(outcome, attack);
        }
    }

    private static void CheckNetwork(ShuffleOutcome outcome, AccuracyCurve test)
    {
        Require(outcome.Network is not null, outcome.Shuffle, "it does not say which network was attacked");
        var network = outcome.Network!;
        Require(
            network.Epoch >= 1 && network.TestCorrect >= 0 && network.TestCorrect <= test.Samples
            && network.BothCorrect >= 0 && network.BothCorrect <= Math.Min(network.TestCorrect, test.Correct[0]),
            outcome.Shuffle,
            $"{network.BothCorrect} test samples are said to be classified correctly by both classifiers, "
            + $"{network.TestCorrect} of {test.Samples} by the network and {test.Correct[0]} by Z-NN");
    }

    private static void CheckFilter(ShuffleOutcome outcome, AttackOutcome attack)
    {
        Require(
            attack.Transfer is not null, outcome.Shuffle,
            $"it does not say how many examples of {attack.Attack} fool the k-NN classifier");
        var kept = attack.Transfer!;
        Require(
            attack.Attempted <= outcome.Network!.BothCorrect && kept.Kept <= attack.Succeeded
            && kept.L2.Count == kept.Kept && kept.Linf.Count == kept.Kept && IsSound(kept.L2) && IsSound(kept.Linf),
            outcome.Shuffle,
            $"the counts of its attack {attack.Attack} do not agree: {outcome.Network.BothCorrect} could be attacked, "
            + $"{attack.Attempted} were, {attack.Succeeded} fool the network and {kept.Kept} the k-NN classifier too");
    }
}
