using AdvFit.Analysis.Comparisons;
using static AdvFit.Analysis.Findings.SentenceFormat;

namespace AdvFit.Analysis.Findings;

/// <summary>Verdicts in words.</summary>
internal static class Verdicts
{
    /// <summary>Completes "here this is ..": which attacks have which verdict. The first p-value says what it is.</summary>
    internal static string Of(IEnumerable<Comparison> comparisons)
    {
        var groups = comparisons.GroupBy(comparison => comparison.Verdict).OrderByDescending(verdict => verdict.Key).ToList();
        var first = groups.SelectMany(verdict => verdict).FirstOrDefault(comparison => comparison.WelchHolm.HasValue);
        return string.Join("; ", groups.Select(verdict => $"{Word(verdict.Key)} for {List([.. verdict.Select(Named)])}"));

        string Named(Comparison comparison) => comparison.WelchHolm.HasValue
            ? $"{comparison.Attack} ({(comparison == first ? "Holm-corrected Welch p" : "p")} = {P(comparison.WelchHolm.Value)})"
            : comparison.Attack;
    }

    private static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Supported => "supported",
        Verdict.Contradicted => "contradicted, the difference being significant the other way,",
        Verdict.NotShown => "not shown, the difference not being significant,",
        _ => "untestable",
    };

    /// <summary>What all comparisons of a sweep say together.</summary>
    internal static string Together(IEnumerable<Verdict> verdicts)
    {
        var all = verdicts.ToList();
        int supported = all.Count(verdict => verdict == Verdict.Supported);
        int contradicted = all.Count(verdict => verdict == Verdict.Contradicted);
        int untestable = all.Count(verdict => verdict == Verdict.Untestable);
        string tally = $"{Count(supported)} of {Count(all.Count)} comparisons speak for it, "
            + $"{Count(contradicted)} against it, {Count(untestable)} could not be tested";
        string verdict = supported == all.Count ? "this sweep supports the claim in full"
            : untestable == all.Count ? "this sweep cannot test the claim"
            : supported > 0 && contradicted > 0 ? "this sweep supports the claim in part and contradicts it in part"
            : supported > 0 ? "this sweep supports the claim in part"
            : contradicted > 0 ? "this sweep speaks against the claim"
            : "this sweep does not show what the paper claims, which is not evidence of the opposite";
        return $"Taken together, {verdict}: {tally}.";
    }
}
