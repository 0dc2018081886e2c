using System.Collections.Immutable;

namespace AdvFit.Analysis.Statistics;

/// <summary>
/// Holm's step-down correction (Holm 1979, Scand. J. Stat. 6:65-70): bounds the chance of any false positive in a
/// family of tests, whatever their dependence.
/// </summary>
public static class HolmCorrection
{
    /// <summary>Corrected p-values, in the order of <paramref name="pValues"/>, each in [its own p, 1].</summary>
    /// <param name="pValues">The whole family, each in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">A p-value is outside [0, 1] or NaN.</exception>
    public static ImmutableArray<double> Adjust(ReadOnlySpan<double> pValues)
    {
        foreach (double p in pValues)
        {
            if (p is not (>= 0 and <= 1))
            {
                throw new ArgumentOutOfRangeException(nameof(pValues), p, "A p-value must lie in [0, 1].");
            }
        }

        double[] sorted = pValues.ToArray();
        int[] order = [.. Enumerable.Range(0, sorted.Length)];
        Array.Sort(sorted, order);
        var adjusted = new double[sorted.Length];
        double reached = 0;
        for (int rank = 0; rank < sorted.Length; rank++)
        {
            reached = Math.Max(reached, Math.Min(1, (sorted.Length - rank) * sorted[rank]));
            adjusted[order[rank]] = reached;
        }

        return [.. adjusted];
    }
}
