using System.Collections.Immutable;
using static AdvFit.Analysis.Phrases;

namespace AdvFit.Analysis.Slopes;

/// <summary>What the tests of the slopes mean for the paper's claim.</summary>
internal static class SlopeClaims
{
    internal static IEnumerable<string> Write(SweepResults results, KnnResults knn)
    {
        if (knn.Comparisons.IsEmpty)
        {
            yield return "The sweep has no attack, so it says nothing about the paper's claim.";
            yield break;
        }

        var z = results.Spec.Knn!.Z;
        yield return $"S_{z - 2} = A_{z - 2}/A_{z} is infinite by construction on the fail and the adversarial sets, because "
            + $"A_{z} is 0 on both, so it cannot be compared; the paper says the same of it.";
        ImmutableArray<SlopeComparison> tested = [.. knn.Comparisons.Where(comparison => comparison.J + 2 != z)];
        foreach (var slope in tested.GroupBy(comparison => comparison.J))
        {
            yield return $"The paper claims that with smaller K accuracy rises faster on adversarial examples than on the fail "
                + $"set. By S_{slope.Key} = A_{slope.Key}/A_{slope.Key + 2} this is {Parts([.. slope])}.";
        }

        if (!tested.IsEmpty)
        {
            yield return Verdicts.Together(tested.Select(comparison => comparison.Test.Verdict));
        }

        yield return "For comparison, the paper (number of runs not given) shows p-values of its Welch tests in Fig. 9, without "
            + "numbers, and says that the trends in the two sets are statistically different.";
    }

    private static string Parts(ImmutableArray<SlopeComparison> comparisons) => string.Join(
        "; ",
        from comparison in comparisons
        group Verdicts.Named(comparison.Test) by comparison.Test.Verdict into verdict
        orderby verdict.Key descending
        select $"{Verdicts.Word(verdict.Key)} for {List([.. verdict])}");
}
