using AdvFit.Analysis.Comparisons;
using AdvFit.Analysis.Statistics;
using static AdvFit.Analysis.Findings.SentenceFormat;

namespace AdvFit.Analysis.Findings;

/// <summary>Says in words what the tests of one comparison say.</summary>
internal static class ComparisonInWords
{
    /// <param name="comparison">The tests.</param>
    /// <param name="subject">What is compared, to begin a sentence with.</param>
    /// <param name="difference">Says in a sentence by how much the groups differ.</param>
    internal static string Of(Comparison comparison, string subject, Func<WelchResult, string> difference) =>
        string.Join(' ', Sentences(comparison, subject, difference));

    private static IEnumerable<string> Sentences(
        Comparison comparison, string subject, Func<WelchResult, string> difference)
    {
        if (!comparison.Welch.HasValue)
        {
            yield return $"{subject}: Welch's test is not defined: {comparison.Welch.Reason}.";
        }
        else
        {
            var welch = comparison.Welch.Value;
            yield return difference(welch);
            yield return $"Welch: t({Number(welch.DegreesOfFreedom)}) = {Number(welch.Statistic)}, "
                + $"{Significance(welch.PValue, comparison.WelchHolm.Value)}.";
        }

        if (!comparison.Paired.HasValue)
        {
            yield return $"The paired test is not defined: {comparison.Paired.Reason}.";
        }
        else
        {
            var paired = comparison.Paired.Value;
            yield return $"Paired over {Shuffles(paired.Pairs)}: t({Count(paired.DegreesOfFreedom)}) = "
                + $"{Number(paired.Statistic)}, {Significance(paired.PValue, comparison.PairedHolm.Value)}.";
        }

        var effects = new List<string>();
        if (comparison.HedgesG.HasValue)
        {
            effects.Add($"Hedges' g = {Number(comparison.HedgesG.Value)}");
        }

        if (comparison.CohensDz.HasValue)
        {
            effects.Add($"d_z = {Number(comparison.CohensDz.Value)}");
        }

        if (effects.Count > 0)
        {
            yield return $"Effect, in standard deviations between shuffles: {List(effects)}.";
        }

        if (comparison.WelchHolm.HasValue && comparison.PairedHolm.HasValue
            && IsSignificant(comparison.WelchHolm.Value) != IsSignificant(comparison.PairedHolm.Value))
        {
            yield return "The two tests disagree; the verdict rests on Welch's, which is the paper's.";
        }
    }

    private static string Significance(double p, double holm) =>
        $"p = {P(p)}, Holm-corrected {P(holm)}: {(IsSignificant(holm) ? "significant" : "not significant")} at 0.05";

    private static bool IsSignificant(double holm) => holm < ComparisonFamily.Alpha;
}
