using MathNet.Numerics;

namespace AdvFit.Analysis.Statistics;

/// <summary>Standardised mean differences: how large a difference is beside the scatter between shuffles.</summary>
public static class EffectSizes
{
    /// <summary>
    /// Hedges' g of two independent groups (Hedges 1981, J. Educ. Stat. 6:107-128):
    /// g = J(m) (mean1 - mean2) / s, m = n1 + n2 - 2, s^2 = ((n1 - 1) var1 + (n2 - 1) var2) / m,
    /// J(m) = Gamma(m/2) / (sqrt(m/2) Gamma((m-1)/2)), the exact small-sample correction.
    /// </summary>
    /// <returns>g; or the reason, where a group has fewer than two values or neither varies.</returns>
    public static ValueOrReason<double> HedgesG(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (first.Length < 2 || second.Length < 2)
        {
            return ValueOrReason.Absent<double>(Reasons.TooFewInAGroup(first.Length, second.Length));
        }

        var a = Moments.Of(first);
        var b = Moments.Of(second);
        double degrees = a.Count + b.Count - 2;
        double pooled = ((a.Count - 1) * a.Variance + (b.Count - 1) * b.Variance) / degrees;
        double difference = a.Mean - b.Mean;
        if (pooled == 0)
        {
            return ValueOrReason.Absent<double>(difference == 0 ? Reasons.NoVariance : Reasons.NoVarianceButDifference);
        }

        double correction = Math.Exp(
            SpecialFunctions.GammaLn(degrees / 2) - SpecialFunctions.GammaLn((degrees - 1) / 2))
            / Math.Sqrt(degrees / 2);
        return ValueOrReason.Of(correction * difference / Math.Sqrt(pooled));
    }

    /// <summary>
    /// Cohen's d_z of pairs (Cohen 1988, Statistical Power Analysis, section 2.3.5): mean over standard deviation of
    /// the pairs' differences.
    /// </summary>
    /// <returns>d_z; or the reason, where there are fewer than two pairs or the differences do not vary.</returns>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static ValueOrReason<double> CohensDz(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        var moments = PairedDifferences.Of(first, second);
        return moments switch
        {
            { Count: < 2 } => ValueOrReason.Absent<double>(Reasons.TooFew(moments.Count)),
            { Variance: 0, Mean: 0 } => ValueOrReason.Absent<double>(Reasons.NoDifference),
            { Variance: 0 } => ValueOrReason.Absent<double>(Reasons.ConstantDifference),
            _ => ValueOrReason.Of(moments.Mean / moments.StandardDeviation),
        };
    }
}
