using System.Collections.Immutable;

namespace AdvFit.Reporting;

/// <summary>Summarises per-sample norms as histograms and quantiles (paper, Fig. 13).</summary>
public static class NormDistributions
{
    /// <summary>Bins of the histogram: enough to see its shape at the width of a page.</summary>
    private const int Bins = 80;

    /// <summary>The histogram shows the norms up to this share of each attack, so that a few large ones do not squeeze the rest.</summary>
    private const double ShownShare = 0.995;

    /// <summary>A bin needs a width even if every norm is 0.</summary>
    private const double SmallestRange = 1e-9;

    /// <summary>One distribution per attack that has a norm, on one common axis.</summary>
    /// <param name="norms">Norms of the successes of each attack by label, none negative.</param>
    public static ImmutableArray<NormDistribution> Of(IEnumerable<(string Attack, double[] Norms)> norms)
    {
        (string Attack, double[] Sorted)[] sorted =
            [.. norms.Where(each => each.Norms.Length > 0).Select(each => (each.Attack, each.Norms.Order().ToArray()))];
        if (sorted.Length == 0)
        {
            return [];
        }

        var width = Math.Max(sorted.Max(each => Quantile(each.Sorted, ShownShare)), SmallestRange) / Bins;
        return [.. sorted.Select(each => Describe(each.Attack, each.Sorted, width))];
    }

    private static NormDistribution Describe(string attack, double[] sorted, double width)
    {
        var counts = new int[Bins];
        var beyond = 0;
        foreach (var norm in sorted)
        {
            // The upper end of the axis is part of the last bin.
            var bin = norm <= width * Bins ? Math.Min((int)(norm / width), Bins - 1) : Bins;
            if (bin < Bins)
            {
                counts[bin]++;
            }
            else
            {
                beyond++;
            }
        }

        return new NormDistribution(
            attack, sorted.Length, width, [.. counts], beyond,
            [.. Enumerable.Range(0, 101).Select(percent => Quantile(sorted, percent / 100.0))]);
    }

    private static double Quantile(double[] sorted, double share)
    {
        var position = share * (sorted.Length - 1);
        var below = (int)Math.Floor(position);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
