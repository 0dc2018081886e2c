using System.Collections.Immutable;
using AdvFit.Analysis.Statistics;

namespace AdvFit.Analysis.Comparisons;

/// <summary>
/// The tests of a sweep that are corrected together: all Welch tests that have a p-value are one family for Holm's
/// correction, all paired tests another.
/// </summary>
internal static class ComparisonFamily
{
    /// <summary>The level of significance, applied to Holm-corrected p-values.</summary>
    internal const double Alpha = 0.05;

    /// <summary>The verdicts of a whole family, without readings.</summary>
    internal static ImmutableArray<Comparison> Conclude(ImmutableArray<UncorrectedTests> family)
    {
        var welch = Corrected([.. family.Select(tests => tests.Welch.Select(test => test.PValue))]);
        var paired = Corrected([.. family.Select(tests => tests.Paired.Select(test => test.PValue))]);
        return [.. family.Select((tests, i) => Conclude(tests, welch[i], paired[i]))];
    }

    private static ValueOrReason<double>[] Corrected(ValueOrReason<double>[] pValues)
    {
        var adjusted = HolmCorrection.Adjust([.. pValues.Where(p => p.HasValue).Select(p => p.Value)]);
        int next = 0;
        return [.. pValues.Select(p => p.Select(_ => adjusted[next++]))];
    }

    private static Comparison Conclude(UncorrectedTests tests, ValueOrReason<double> welchHolm, ValueOrReason<double> pairedHolm)
    {
        var verdict = !welchHolm.HasValue ? Verdict.Untestable
            : welchHolm.Value >= Alpha ? Verdict.NotShown
            : tests.Welch.Value.Difference > 0 ? Verdict.Supported
            : Verdict.Contradicted;
        return new Comparison(
            tests.Attack, tests.Against, tests.Welch, welchHolm, tests.Paired, pairedHolm, tests.HedgesG,
            tests.CohensDz, verdict, Reading: "");
    }
}

/// <summary>The tests of one attack against another set, before any correction for the number of tests.</summary>
internal sealed record UncorrectedTests(
    string Attack, string Against, ValueOrReason<WelchResult> Welch, ValueOrReason<PairedResult> Paired,
    ValueOrReason<double> HedgesG, ValueOrReason<double> CohensDz)
{
    /// <param name="pairs">The two sets' values, one pair per shuffle; a set may have none in a shuffle.</param>
    internal static UncorrectedTests Of(
        string attack, string against, IReadOnlyList<(ValueOrReason<double> First, ValueOrReason<double> Second)> pairs)
    {
        double[] first = [.. pairs.Where(pair => pair.First.HasValue).Select(pair => pair.First.Value)];
        double[] second = [.. pairs.Where(pair => pair.Second.HasValue).Select(pair => pair.Second.Value)];
        var whole = pairs.Where(pair => pair.First.HasValue && pair.Second.HasValue).ToArray();
        double[] pairedFirst = [.. whole.Select(pair => pair.First.Value)];
        double[] pairedSecond = [.. whole.Select(pair => pair.Second.Value)];
        return new UncorrectedTests(
            attack, against, WelchTest.Run(first, second), PairedTest.Run(pairedFirst, pairedSecond),
            EffectSizes.HedgesG(first, second), EffectSizes.CohensDz(pairedFirst, pairedSecond));
    }

    /// <summary>Tests that the values do not allow.</summary>
    internal static UncorrectedTests Absent(string attack, string against, string reason) => new(
        attack, against, ValueOrReason.Absent<WelchResult>(reason), ValueOrReason.Absent<PairedResult>(reason),
        ValueOrReason.Absent<double>(reason), ValueOrReason.Absent<double>(reason));
}
