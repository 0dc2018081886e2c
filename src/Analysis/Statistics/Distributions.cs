using AdvFit.Messages;

namespace AdvFit.Analysis.Statistics;

/// <summary>Summarises samples as <see cref="Distribution"/>s.</summary>
public static class Distributions
{
    /// <summary>The summary of <paramref name="values"/>, the same bits in whatever order they come.</summary>
    /// <param name="values">Finite numbers; may be empty.</param>
    /// <exception cref="ArgumentException">A value is NaN or infinite.</exception>
    public static Distribution Summarize(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
        {
            return Distribution.Empty;
        }

        foreach (double value in values)
        {
            if (!double.IsFinite(value))
            {
                throw new ArgumentException($"Only finite numbers can be summarised, not {value}.", nameof(values));
            }
        }

        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        var moments = Moments.Of(sorted);
        return new Distribution(
            sorted.Length, Math.Clamp(moments.Mean, sorted[0], sorted[^1]), moments.StandardDeviation,
            sorted[0], Quantile(sorted, 0.25), Quantile(sorted, 0.5), Quantile(sorted, 0.75), sorted[^1]);
    }

    /// <summary>Type 7 of Hyndman and Fan 1996: linear between the order statistics around p (n - 1).</summary>
    private static double Quantile(double[] sorted, double p)
    {
        double position = p * (sorted.Length - 1);
        int below = (int)position;
        int above = Math.Min(below + 1, sorted.Length - 1);
        double fraction = position - below;
        double between = sorted[below] + (sorted[above] - sorted[below]) * fraction;
        return Math.Clamp(between, sorted[below], sorted[above]);
    }
}
