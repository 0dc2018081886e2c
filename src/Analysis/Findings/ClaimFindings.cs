using AdvFit.Messages;

namespace AdvFit.Analysis.Findings;

/// <summary>What the comparisons mean for the paper's claim, and what the paper itself measured.</summary>
internal static class ClaimFindings
{
    internal static IEnumerable<string> Write(SweepResults results)
    {
        if (results.Comparisons.IsEmpty)
        {
            yield return "The sweep has no attack, so it says nothing about the paper's claim.";
            yield break;
        }

        yield return Half(
            "that with more fitting adversarial accuracy rises more than test accuracy", Subsets.Test, results);
        yield return Half("that it also rises more than accuracy on the fail set", Subsets.Fail, results);
        yield return Verdicts.Together(results.Comparisons.Select(comparison => comparison.Verdict));
        yield return "For comparison, the paper (CIFAR-10, number of runs not given) reports Welch p = 4.8e-4 for test "
            + "against FGSM and p = 5.7e-2 for test against DeepFool and calls both significant; the second is above "
            + "0.05, so at that level it is not. Against the fail set it states a significant difference without a "
            + "p-value.";
    }

    private static string Half(string claim, string against, SweepResults results) =>
        $"The paper claims {claim}. Here this is "
        + $"{Verdicts.Of(results.Comparisons.Where(comparison => comparison.Against == against))}.";
}
