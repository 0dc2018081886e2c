namespace AdvFit.Analysis.Statistics;

/// <summary>Pairwise differences, first minus second, and their moments.</summary>
internal static class PairedDifferences
{
    /// <summary>
    /// Moments of the differences; variance exactly 0 where the differences vary by no more than the rounding of the
    /// subtraction, as 0.3 - 0.2 and 0.2 - 0.1 do.
    /// </summary>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    internal static Moments Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (first.Length != second.Length)
        {
            throw new ArgumentException($"Pairs are needed, not {first.Length} values against {second.Length}.");
        }

        var differences = new double[first.Length];
        double largest = 0;
        for (int i = 0; i < differences.Length; i++)
        {
            differences[i] = first[i] - second[i];
            largest = Math.Max(largest, Math.Max(Math.Abs(first[i]), Math.Abs(second[i])));
        }

        var moments = Moments.Of(differences);
        if (moments.Variance == 0)
        {
            return moments;
        }

        double spread = differences.Max() - differences.Min();
        const double ulps = 4 * 2.220446049250313e-16;
        return spread <= ulps * largest ? moments with { Variance = 0 } : moments;
    }
}
