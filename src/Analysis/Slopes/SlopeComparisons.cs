using System.Collections.Immutable;
using AdvFit.Analysis.Comparisons;
using AdvFit.Analysis.Findings;
using AdvFit.Messages;
using static AdvFit.Analysis.Findings.SentenceFormat;

namespace AdvFit.Analysis.Slopes;

/// <summary>
/// The tests of a k-NN sweep: every attack's slopes against the fail set's, per j (paper, section 4.1). A mean of infinite
/// slopes is infinite, so no test is made where a shuffle has one: to drop it would favour the smaller slopes.
/// </summary>
internal static class SlopeComparisons
{
    internal static ImmutableArray<SlopeComparison> Of(
        SweepSpec spec, int z, ImmutableArray<int> slopes, ImmutableArray<KnnShuffle> shuffles)
    {
        ImmutableArray<(int J, string Attack)> family =
            [.. from j in slopes from attack in spec.Attacks select (j, attack.Label)];
        var tests = ComparisonFamily.Conclude([.. family.Select(each => Compare(each.Attack, each.J, z, shuffles))]);
        return [.. family.Zip(tests, (each, test) => new SlopeComparison(each.J, test with { Reading = Read(each.J, test) }))];
    }

    private static UncorrectedTests Compare(string attack, int j, int z, ImmutableArray<KnnShuffle> shuffles)
    {
        if (SlopeAnalysis.IsByConstruction(attack, j, z))
        {
            return UncorrectedTests.Absent(attack, Subsets.Fail, SlopeReasons.ByConstruction(j));
        }

        foreach (var subset in new[] { attack, Subsets.Fail })
        {
            var infinite = shuffles.Count(shuffle => shuffle.Slope(subset, j).Kind == SlopeKind.Infinite);
            if (infinite > 0)
            {
                return UncorrectedTests.Absent(
                    attack, Subsets.Fail, SlopeReasons.Infinite(subset, j, infinite, shuffles.Length));
            }
        }

        return UncorrectedTests.Of(
            attack, Subsets.Fail,
            [.. shuffles.Select(shuffle => (shuffle.Slope(attack, j).Value, shuffle.Slope(Subsets.Fail, j).Value))]);
    }

    private static string Read(int j, Comparison test) => ComparisonInWords.Of(
        test, $"S_{j}, {test.Attack} against {test.Against}",
        welch => $"S_{j} = A_{j}/A_{j + 2} is {Ratio(welch.First.Mean)} on {test.Attack} and {Ratio(welch.Second.Mean)} on "
            + $"{test.Against}, on average: a difference of {SignedRatio(welch.Difference)} "
            + $"(95% CI {SignedRatio(welch.DifferenceInterval.Lower)} to {SignedRatio(welch.DifferenceInterval.Upper)}).");
}
