using System.Collections.Immutable;
using AdvFit.Analysis.Findings;
using AdvFit.Messages;
using static AdvFit.Analysis.Findings.SentenceFormat;

namespace AdvFit.Analysis.Comparisons;

/// <summary>
/// Every attack's deltas against test's and against fail's (paper, section 4.2; of k-NN sweeps, whose accuracies the paper
/// plots so in Fig. 8 but tests as slopes only, it is an addition).
/// </summary>
internal static class DeltaComparisons
{
    internal static ImmutableArray<Comparison> Of(SweepSpec spec, ImmutableArray<ShuffleResult> shuffles)
    {
        var family = ComparisonFamily.Conclude(
        [
            .. from against in new[] { Subsets.Test, Subsets.Fail }
               from attack in spec.Attacks
               select UncorrectedTests.Of(
                   attack.Label, against,
                   [.. shuffles.Select(shuffle => (shuffle.Curve(attack.Label).Delta, shuffle.Curve(against).Delta))]),
        ]);
        return [.. family.Select(comparison => comparison with { Reading = Read(comparison) })];
    }

    private static string Read(Comparison comparison) => ComparisonInWords.Of(
        comparison, $"{comparison.Attack} against {comparison.Against}",
        welch => $"{comparison.Attack} changed by {Signed(welch.First.Mean)} points, {comparison.Against} by "
            + $"{Signed(welch.Second.Mean)}: a difference of {Signed(welch.Difference)} points "
            + $"({Ci(welch.DifferenceInterval)}).");
}
