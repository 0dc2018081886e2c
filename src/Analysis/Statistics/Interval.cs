namespace AdvFit.Analysis.Statistics;

/// <summary>A two-sided confidence interval at <see cref="Confidence"/>.</summary>
public sealed record Interval(double Lower, double Upper)
{
    /// <summary>The confidence of every interval in the results.</summary>
    public const double Confidence = 0.95;

    /// <summary>The Student t interval of a mean: mean +- t(0.975, n - 1) sd / sqrt(n).</summary>
    public static ValueOrReason<Interval> OfMean(ReadOnlySpan<double> values)
    {
        var moments = Moments.Of(values);
        return moments.Count < 2
            ? ValueOrReason.Absent<Interval>(Reasons.TooFew(moments.Count))
            : ValueOrReason.Of(Around(
                moments.Mean, Math.Sqrt(moments.Variance / moments.Count), moments.Count - 1));
    }

    internal static Interval Around(double centre, double standardError, double degreesOfFreedom)
    {
        double half = StudentT.Quantile((1 + Confidence) / 2, degreesOfFreedom) * standardError;
        return new Interval(centre - half, centre + half);
    }
}
