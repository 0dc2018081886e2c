using AdvFit.Analysis.Comparisons;
using AdvFit.Analysis.Slopes;
using AdvFit.Analysis.Statistics;

namespace AdvFit.Analysis.Json;

/// <summary>The tests of one comparison.</summary>
internal static class ComparisonJson
{
    internal static object Of(Comparison test) => new
    {
        test.Attack, test.Against, Welch = test.Welch.Select(Welch), test.WelchHolm, test.Paired, test.PairedHolm,
        test.HedgesG, test.CohensDz, test.Verdict, test.Reading,
    };

    internal static object Of(SlopeComparison slope) => new
    {
        slope.J,
        slope.Test.Attack, slope.Test.Against, Welch = slope.Test.Welch.Select(Welch), slope.Test.WelchHolm, slope.Test.Paired,
        slope.Test.PairedHolm, slope.Test.HedgesG, slope.Test.CohensDz, slope.Test.Verdict, slope.Test.Reading,
    };

    private static object Welch(WelchResult welch) => new
    {
        Attack = Group(welch.First), Against = Group(welch.Second), welch.Difference, welch.Statistic, welch.DegreesOfFreedom,
        welch.PValue, welch.DifferenceInterval,
    };

    private static object Group(Moments moments) => new { Shuffles = moments.Count, moments.Mean, moments.Variance };
}
