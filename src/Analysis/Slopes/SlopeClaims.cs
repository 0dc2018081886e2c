using System.Collections.Immutable;
using AdvFit.Analysis.Findings;
using AdvFit.Messages;

namespace AdvFit.Analysis.Slopes;

/// <summary>What the tests of a k-NN sweep mean for the paper's claim.</summary>
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
        if (results.Shuffles.Length < 2)
        {
            yield return "Tests compare the scatter between shuffles, so they need two completed shuffles or more.";
        }

        ImmutableArray<SlopeComparison> tested = [.. knn.Comparisons.Where(comparison => comparison.J + 2 != z)];
        if (!tested.IsEmpty)
        {
            var parts = tested.GroupBy(comparison => comparison.J).OrderByDescending(slope => slope.Key).Select(
                slope => $"By S_{slope.Key} this is {Verdicts.Of(slope.Select(comparison => comparison.Test))}.");
            yield return "The paper claims that as K gets smaller accuracy rises faster on adversarial examples than on the "
                + $"fail set, and measures it by the slopes. {string.Join(' ', parts)}";
            yield return Verdicts.Together(tested.Select(comparison => comparison.Test.Verdict));
        }

        yield return $"In percentage points from K = {z} to K = 1, which the paper plots in Fig. 8 but does not test, that "
            + $"accuracy rises more on adversarial examples than on the fail set is {Points(results, Subsets.Fail)}; more than "
            + $"on the test set, {Points(results, Subsets.Test)}.";
        yield return "A quotient and a difference can disagree: a set that has risen far by one K has the smaller quotient at "
            + "the next.";
        yield return "For comparison, the paper (number of runs not given) shows p-values of its Welch tests in Fig. 9, without "
            + "numbers, and says that the trends in the two sets are statistically different.";
    }

    private static string Points(SweepResults results, string against) =>
        Verdicts.Of(results.Comparisons.Where(comparison => comparison.Against == against));
}
