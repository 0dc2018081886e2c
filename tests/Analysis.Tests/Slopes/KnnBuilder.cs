using AdvFit.Analysis.Statistics;
using AdvFit.Messages;

namespace AdvFit.Analysis.Tests.Slopes;

/// <summary>Makes specs and outcomes of k-NN sweeps that satisfy the workflow's construction.</summary>
internal static class KnnBuilder
{
    public const int Z = 7;

    public static SweepSpec Spec(int shuffles, params string[] attacks) => SweepBuilder.Spec(shuffles, attacks) with
    {
        Knn = new KnnSpec(Z, TieRules.Smallest, EpochChoices.BestTest),
    };

    /// <summary>A shuffle with 200 test samples, of which 7-NN gets 160 right and the network 150 of these.</summary>
    /// <param name="fail">Fail samples, of 40, correct at K = 5, 3, 1.</param>
    /// <param name="attacks">Per attack: label, size of its set, and how many of it are correct at K = 5, 3, 1.</param>
    public static ShuffleOutcome Outcome(
        int shuffle, (int Five, int Three, int One) fail,
        params (string Label, int Samples, int Five, int Three, int One)[] attacks)
    {
        return new ShuffleOutcome(
            shuffle, [7, 5, 3, 1], Z,
            [
                new AccuracyCurve(Subsets.Train, 1_000, [850, 870, 900, 1_000]),
                new AccuracyCurve(Subsets.Test, 200, [160, 159, 158, 155]),
                new AccuracyCurve(Subsets.Fail, 40, [0, fail.Five, fail.Three, fail.One]),
                .. attacks.Select(attack => new AccuracyCurve(
                    attack.Label, attack.Samples, [0, attack.Five, attack.Three, attack.One])),
            ],
            [.. attacks.Select(attack => Attack(attack.Label, attack.Samples))])
        {
            Network = new AttackedNetwork(Epoch: 4, TestCorrect: 170, BothCorrect: 150),
        };
    }

    /// <summary>An attack on 150 samples that fools the network on twice as many samples as 7-NN.</summary>
    private static AttackOutcome Attack(string label, int kept)
    {
        double[] norms = [.. Enumerable.Range(1, 2 * kept).Select(i => 0.5 + i % 7 * 0.1)];
        return new AttackOutcome(
            label, 150, norms.Length, Distributions.Summarize(norms), Distributions.Summarize(norms), 300, 150)
        {
            Transfer = new TransferOutcome(
                kept, Distributions.Summarize(norms.AsSpan(0, kept)), Distributions.Summarize(norms.AsSpan(0, kept))),
        };
    }
}
