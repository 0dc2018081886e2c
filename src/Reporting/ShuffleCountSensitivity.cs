using System.Collections.Immutable;
using AdvFit.Analysis;
using AdvFit.Messages;

namespace AdvFit.Reporting;

/// <summary>Repeats the tests over fewer shuffles, to show how they converge as shuffles are added.</summary>
internal static class ShuffleCountSensitivity
{
    /// <summary>Fewest shuffles of a test.</summary>
    private const int Fewest = 2;

    /// <summary>Most points of a curve.</summary>
    private const int MostPoints = 40;

    /// <summary>One point per number of shuffles, or equally spaced points where there are many shuffles.</summary>
    public static ImmutableArray<SensitivityPoint> Of(
        SweepSpec spec, DataProvenance data, ImmutableArray<ShuffleOutcome> outcomes)
    {
        var steps = Math.Min(MostPoints - 1, outcomes.Length - Fewest);
        return
        [
            .. Enumerable.Range(0, Math.Max(steps + 1, 0))
                .Select(step => steps == 0 ? Fewest : Fewest + (int)((long)step * (outcomes.Length - Fewest) / steps))
                .Select(count => Point(count, SweepAnalysis.Analyze(spec, data, outcomes.Take(count), []))),
        ];
    }

    private static SensitivityPoint Point(int shuffles, SweepResults results) => new(
        shuffles,
        [
            .. results.Comparisons.Select(test => new SensitivityTest(
                test.Welch.HasValue ? test.Welch.Value.PValue : null,
                test.WelchHolm.HasValue ? test.WelchHolm.Value : null)),
        ]);
}
