using System.Collections.Immutable;
using AdvFit.Analysis.Statistics;
using AdvFit.Messages;

namespace AdvFit.Analysis.Tests;

/// <summary>Makes specs and outcomes that satisfy the workflow's construction.</summary>
internal static class SweepBuilder
{
    public static DataProvenance Data { get; } =
        new("fashion-mnist-mini", 10_000, 2_000, new string('a', 64), ["The checksum is not the published one."]);

    public static SweepSpec Spec(int shuffles, params string[] attacks) => new(
        "try", "fashion-mnist-mini", new Subsample(1_000, 200), "lenet5", new TrainingSpec(4, 32, 0.003),
        [.. attacks.Select(label => new AttackSpec(
            label, label, "paper", ImmutableSortedDictionary<string, double>.Empty.Add("epsilon", 0.1), null))],
        shuffles, ulong.MaxValue);

    /// <summary>A shuffle of four epochs: M = 2 of 200 test samples, 40 in the fail set.</summary>
    /// <param name="testLast">Test samples correct at the last epoch, at most 160.</param>
    /// <param name="failLast">Fail samples correct at the last epoch, at most 40.</param>
    /// <param name="attacks">Per attack: label, successes, successes that are correct at the last epoch.</param>
    public static ShuffleOutcome Outcome(
        int shuffle, int testLast, int failLast, params (string Label, int Samples, int Last)[] attacks) => new(
        shuffle, [1, 2, 3, 4], 2,
        [
            new AccuracyCurve(Subsets.Train, 1_000, [700, 850, 900, 950]),
            new AccuracyCurve(Subsets.Test, 200, [120, 160, 158, testLast]),
            new AccuracyCurve(Subsets.Fail, 40, [9, 0, 5, failLast]),
            .. attacks.Select(attack => new AccuracyCurve(
                attack.Label, attack.Samples, [attack.Samples / 2, 0, 0, attack.Last])),
        ],
        [.. attacks.Select(attack => Attack(attack.Label, Norms(shuffle, attack.Samples)))]);

    /// <summary>The same with M at the last epoch, where every curve ends at its value of M.</summary>
    public static ShuffleOutcome PeakingLast(int shuffle, params (string Label, int Samples)[] attacks) => new(
        shuffle, [1, 2, 3, 4], 4,
        [
            new AccuracyCurve(Subsets.Train, 1_000, [700, 850, 900, 950]),
            new AccuracyCurve(Subsets.Test, 200, [120, 158, 159, 160]),
            new AccuracyCurve(Subsets.Fail, 40, [9, 8, 5, 0]),
            .. attacks.Select(attack => new AccuracyCurve(
                attack.Label, attack.Samples, [attack.Samples, Math.Min(1, attack.Samples), 0, 0])),
        ],
        [.. attacks.Select(attack => Attack(attack.Label, Norms(shuffle, attack.Samples)))]);

    public static double[] Norms(int shuffle, int samples) =>
        [.. Enumerable.Range(1, samples).Select(i => 0.5 + shuffle * 0.25 + i % 7 * 0.1)];

    private static AttackOutcome Attack(string label, double[] norms) => new(
        label, 150, norms.Length, Distributions.Summarize(norms),
        Distributions.Summarize([.. norms.Select(norm => norm / 10)]), 300, 150);
}
