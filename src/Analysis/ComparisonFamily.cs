using System.Collections.Immutable;
using AdvFit.Analysis.Statistics;
using AdvFit.Messages;

namespace AdvFit.Analysis;

/// <summary>
/// The sweep's tests: every attack's deltas against test's and against fail's. All Welch tests that have a p-value are
/// one family for Holm's correction, all paired tests another.
/// </summary>
internal static class ComparisonFamily
{
    /// <summary>The level of significance, applied to Holm-corrected p-values.</summary>
    internal const double Alpha = 0.05;

    internal static ImmutableArray<Comparison> Of(SweepSpec spec, ImmutableArray<ShuffleResult> shuffles)
    {
        Uncorrected[] family =
        [
            .. from against in new[] { Subsets.Test, Subsets.Fail }
               from attack in spec.Attacks
               select Compare(attack.Label, against, shuffles),
        ];
        var welch = Corrected([.. family.Select(tests => tests.Welch.Select(test => test.PValue))]);
        var paired = Corrected([.. family.Select(tests => tests.Paired.Select(test => test.PValue))]);
        return [.. family.Select((tests, i) => Conclude(tests, welch[i], paired[i]))];
    }

    private sealed record Uncorrected(
        string Attack, string Against, Stated<WelchResult> Welch, Stated<PairedResult> Paired,
        Stated<double> HedgesG, Stated<double> CohensDz);

    private static Uncorrected Compare(string attack, string against, ImmutableArray<ShuffleResult> shuffles)
    {
        var pairs = shuffles
            .Select(shuffle => (First: shuffle.Curve(attack).Delta, Second: shuffle.Curve(against).Delta))
            .ToArray();
        double[] first = [.. pairs.Where(pair => pair.First.HasValue).Select(pair => pair.First.Value)];
        double[] second = [.. pairs.Where(pair => pair.Second.HasValue).Select(pair => pair.Second.Value)];
        var whole = pairs.Where(pair => pair.First.HasValue && pair.Second.HasValue).ToArray();
        double[] pairedFirst = [.. whole.Select(pair => pair.First.Value)];
        double[] pairedSecond = [.. whole.Select(pair => pair.Second.Value)];
        return new Uncorrected(
            attack, against, WelchTest.Run(first, second), PairedTest.Run(pairedFirst, pairedSecond),
            EffectSizes.HedgesG(first, second), EffectSizes.CohensDz(pairedFirst, pairedSecond));
    }

    private static Stated<double>[] Corrected(Stated<double>[] pValues)
    {
        var adjusted = HolmCorrection.Adjust([.. pValues.Where(p => p.HasValue).Select(p => p.Value)]);
        int next = 0;
        return [.. pValues.Select(p => p.Select(_ => adjusted[next++]))];
    }

    private static Comparison Conclude(Uncorrected tests, Stated<double> welchHolm, Stated<double> pairedHolm)
    {
        var verdict = !welchHolm.HasValue ? Verdict.Untestable
            : welchHolm.Value >= Alpha ? Verdict.NotShown
            : tests.Welch.Value.Difference > 0 ? Verdict.Supported
            : Verdict.Contradicted;
        var comparison = new Comparison(
            tests.Attack, tests.Against, tests.Welch, welchHolm, tests.Paired, pairedHolm, tests.HedgesG,
            tests.CohensDz, verdict, Reading: "");
        return comparison with { Reading = ComparisonReading.Of(comparison) };
    }
}
