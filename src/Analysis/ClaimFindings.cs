using System.Collections.Immutable;
using AdvFit.Messages;
using static AdvFit.Analysis.Phrases;

namespace AdvFit.Analysis;

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
        yield return Whole(results.Comparisons);
        yield return "For comparison, the paper (CIFAR-10, number of runs not given) reports Welch p = 4.8e-4 for test "
            + "against FGSM and p = 5.7e-2 for test against DeepFool and calls both significant; the second is above "
            + "0.05, so at that level it is not. Against the fail set it states a significant difference without a "
            + "p-value.";
    }

    private static string Half(string claim, string against, SweepResults results)
    {
        var comparisons = results.Comparisons.Where(comparison => comparison.Against == against);
        string[] parts =
        [
            .. from comparison in comparisons
               group Named(comparison) by comparison.Verdict into verdict
               orderby verdict.Key descending
               select $"{Word(verdict.Key)} for {List([.. verdict])}",
        ];
        return $"The paper claims {claim}. Here this is {string.Join("; ", parts)}.";
    }

    private static string Named(Comparison comparison) => comparison.WelchHolm.HasValue
        ? $"{comparison.Attack} (Holm-corrected Welch p = {P(comparison.WelchHolm.Value)})"
        : comparison.Attack;

    private static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Supported => "supported",
        Verdict.Contradicted => "contradicted, the difference being significant the other way,",
        Verdict.NotShown => "not shown, the difference not being significant,",
        _ => "untestable",
    };

    private static string Whole(ImmutableArray<Comparison> comparisons)
    {
        int supported = comparisons.Count(comparison => comparison.Verdict == Verdict.Supported);
        int contradicted = comparisons.Count(comparison => comparison.Verdict == Verdict.Contradicted);
        int untestable = comparisons.Count(comparison => comparison.Verdict == Verdict.Untestable);
        string tally = $"{Count(supported)} of {Count(comparisons.Length)} comparisons support it, "
            + $"{Count(contradicted)} contradict it, {Count(untestable)} could not be tested";
        string verdict = supported == comparisons.Length ? "this sweep supports the claim in full"
            : untestable == comparisons.Length ? "this sweep cannot test the claim"
            : supported > 0 && contradicted > 0 ? "this sweep supports the claim in part and contradicts it in part"
            : supported > 0 ? "this sweep supports the claim in part"
            : contradicted > 0 ? "this sweep speaks against the claim"
            : "this sweep does not show what the paper claims, which is not evidence of the opposite";
        return $"Taken together, {verdict}: {tally}.";
    }
}
