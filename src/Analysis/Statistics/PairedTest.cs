namespace AdvFit.Analysis.Statistics;

/// <summary>What the paired t-test found.</summary>
/// <param name="Pairs">Shuffles in which both groups have a value.</param>
/// <param name="MeanDifference">Mean of first minus second over the pairs.</param>
/// <param name="StandardDeviation">Unbiased, of the differences.</param>
/// <param name="Statistic">t.</param>
/// <param name="DegreesOfFreedom">Pairs - 1.</param>
/// <param name="PValue">Two-sided, not corrected.</param>
/// <param name="DifferenceInterval">95% confidence interval of the mean difference.</param>
public sealed record PairedResult(
    int Pairs, double MeanDifference, double StandardDeviation, double Statistic, int DegreesOfFreedom, double PValue,
    Interval DifferenceInterval);

/// <summary>The paired t-test (Student 1908): a one-sample t-test of the pairs' differences against 0.</summary>
public static class PairedTest
{
    /// <summary>Two-sided test of <paramref name="first"/> against <paramref name="second"/>, pair by pair.</summary>
    /// <returns>The result; or the reason, where there are under two pairs or the differences do not vary.</returns>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static ValueOrReason<PairedResult> Run(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        var moments = PairedDifferences.Of(first, second);
        if (moments.Count < 2)
        {
            return ValueOrReason.Absent<PairedResult>(Reasons.TooFew(moments.Count));
        }

        if (moments.Variance == 0)
        {
            return ValueOrReason.Absent<PairedResult>(
                moments.Mean == 0 ? Reasons.NoDifference : Reasons.ConstantDifference);
        }

        int degrees = moments.Count - 1;
        double error = Math.Sqrt(moments.Variance / moments.Count);
        double statistic = moments.Mean / error;
        return ValueOrReason.Of(new PairedResult(
            moments.Count, moments.Mean, moments.StandardDeviation, statistic, degrees,
            StudentT.TwoSidedP(statistic, degrees), Interval.Around(moments.Mean, error, degrees)));
    }
}
