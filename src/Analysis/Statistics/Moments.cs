namespace AdvFit.Analysis.Statistics;

/// <summary>Mean and variance of a sample, in two passes of compensated sums in the sample's order.</summary>
/// <param name="Count">Values in the sample.</param>
/// <param name="Mean">0 for an empty sample.</param>
/// <param name="Variance">Unbiased; exactly 0 for fewer than two values and for equal ones.</param>
public readonly record struct Moments(int Count, double Mean, double Variance)
{
    public double StandardDeviation => Math.Sqrt(Variance);

    public static Moments Of(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
        {
            return default;
        }

        // A mean of equal values may round off them; equal values must have the variance 0 and themselves as mean.
        if (!values.ContainsAnyExcept(values[0]))
        {
            return new Moments(values.Length, values[0], 0);
        }

        double mean = CompensatedSum(values, 0, 1) / values.Length;
        double squares = CompensatedSum(values, mean, 2);
        double residue = CompensatedSum(values, mean, 1);
        return new Moments(
            values.Length, mean, (squares - residue * residue / values.Length) / (values.Length - 1));
    }

    /// <summary>Neumaier's sum of (value - centre) to the first or second power.</summary>
    private static double CompensatedSum(ReadOnlySpan<double> values, double centre, int power)
    {
        double sum = 0;
        double lost = 0;
        foreach (double value in values)
        {
            double term = power == 1 ? value - centre : (value - centre) * (value - centre);
            double next = sum + term;
            lost += Math.Abs(sum) >= Math.Abs(term) ? sum - next + term : term - next + sum;
            sum = next;
        }

        return sum + lost;
    }
}
