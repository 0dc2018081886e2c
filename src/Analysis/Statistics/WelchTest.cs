namespace AdvFit.Analysis.Statistics;

/// <summary>What Welch's test found.</summary>
/// <param name="First">Moments of the first group.</param>
/// <param name="Second">Moments of the second group.</param>
/// <param name="Difference">Mean of the first minus mean of the second.</param>
/// <param name="Statistic">t.</param>
/// <param name="DegreesOfFreedom">Welch-Satterthwaite.</param>
/// <param name="PValue">Two-sided, not corrected.</param>
/// <param name="DifferenceInterval">95% confidence interval of the difference.</param>
public sealed record WelchResult(
    Moments First, Moments Second, double Difference, double Statistic, double DegreesOfFreedom, double PValue,
    Interval DifferenceInterval);

/// <summary>
/// Welch's t-test of equal means for two independent groups of unequal variance (Welch 1947, Biometrika 34:28-35;
/// degrees of freedom by Satterthwaite 1946). It is the test behind the paper's p-values (section 4.2).
/// </summary>
public static class WelchTest
{
    /// <summary>Two-sided test of <paramref name="first"/> against <paramref name="second"/>.</summary>
    /// <returns>The result; or the reason, where a group has fewer than two values or neither varies.</returns>
    public static ValueOrReason<WelchResult> Run(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (first.Length < 2 || second.Length < 2)
        {
            return ValueOrReason.Absent<WelchResult>(Reasons.TooFewInAGroup(first.Length, second.Length));
        }

        var a = Moments.Of(first);
        var b = Moments.Of(second);
        double ofFirst = a.Variance / a.Count;
        double ofSecond = b.Variance / b.Count;
        double squaredError = ofFirst + ofSecond;
        double difference = a.Mean - b.Mean;
        if (squaredError == 0)
        {
            return ValueOrReason.Absent<WelchResult>(difference == 0 ? Reasons.NoVariance : Reasons.NoVarianceButDifference);
        }

        double error = Math.Sqrt(squaredError);
        // By shares of the squared error, whose squares cannot underflow as the variances' own could.
        double share = ofFirst / squaredError;
        double rest = ofSecond / squaredError;
        double degrees = 1 / (share * share / (a.Count - 1) + rest * rest / (b.Count - 1));
        double statistic = difference / error;
        return ValueOrReason.Of(new WelchResult(
            a, b, difference, statistic, degrees, StudentT.TwoSidedP(statistic, degrees),
            Interval.Around(difference, error, degrees)));
    }
}
