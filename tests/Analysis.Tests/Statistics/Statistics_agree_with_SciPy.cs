using AdvFit.Analysis.Statistics;

namespace AdvFit.Analysis.Tests.Statistics;

public class Statistics_agree_with_SciPy
{
    private static readonly ScipyExpectations Expected = ScipyExpectations.Load();

    [Fact]
    public void Two_sided_p_keeps_its_relative_precision_far_into_the_tail()
    {
        Expected.Tails.Min(tail => tail.P).ShouldBeLessThan(1e-250);
        foreach (var tail in Expected.Tails)
        {
            ShouldAgree(StudentT.TwoSidedP(tail.T, tail.Df), tail.P, tail);
            ShouldAgree(StudentT.TwoSidedP(-tail.T, tail.Df), tail.P, tail);
            ShouldAgree(StudentT.Survival(tail.T, tail.Df), tail.P / 2, tail);
            ShouldAgree(StudentT.Cdf(tail.T, tail.Df), 1 - tail.P / 2, tail);
        }
    }

    [Fact]
    public void Quantiles_of_t()
    {
        foreach (var quantile in Expected.Quantiles)
        {
            ShouldAgree(StudentT.Quantile(quantile.Probability, quantile.Df), quantile.T, quantile);
        }
    }

    [Fact]
    public void Welchs_test_for_every_size_from_2_to_50()
    {
        Enumerable.Range(2, 49).ShouldBeSubsetOf(Expected.Tests.Select(test => test.First.Length));
        foreach (var test in Expected.Tests)
        {
            var welch = WelchTest.Run(test.First, test.Second).Value;
            string sizes = $"{test.First.Length} and {test.Second.Length}";
            ShouldAgree(welch.Statistic, test.Welch.Statistic, sizes);
            ShouldAgree(welch.DegreesOfFreedom, test.Welch.Df, sizes);
            ShouldAgree(welch.PValue, test.Welch.P, sizes);
            ShouldAgree(welch.DifferenceInterval, test.Welch, sizes);
        }
    }

    [Fact]
    public void Paired_test_and_effect_sizes()
    {
        foreach (var test in Expected.Tests)
        {
            ShouldAgree(EffectSizes.HedgesG(test.First, test.Second).Value, test.HedgesG, test.First.Length);
            if (test.Paired is not null)
            {
                var paired = PairedTest.Run(test.First, test.Second).Value;
                ShouldAgree(paired.Statistic, test.Paired.Statistic, test.First.Length);
                ((double)paired.DegreesOfFreedom).ShouldBe(test.Paired.Df);
                ShouldAgree(paired.PValue, test.Paired.P, test.First.Length);
                ShouldAgree(paired.DifferenceInterval, test.Paired, test.First.Length);
                ShouldAgree(
                    EffectSizes.CohensDz(test.First, test.Second).Value, test.CohensDz.ShouldNotBeNull(),
                    test.First.Length);
            }
        }
    }

    [Fact]
    public void Holms_correction()
    {
        foreach (var family in Expected.Holm)
        {
            HolmCorrection.Adjust(family.P).ShouldBe(family.Adjusted, 1e-15);
        }
    }

    [Fact]
    public void Distributions_and_intervals_of_a_mean()
    {
        foreach (var sample in Expected.Distributions)
        {
            var summary = Distributions.Summarize(sample.Values);
            summary.Count.ShouldBe(sample.Values.Length);
            ShouldAgree(summary.Mean, sample.Mean, sample.Values.Length);
            ShouldAgree(summary.StandardDeviation, sample.StandardDeviation, sample.Values.Length);
            double[] quantiles =
                [summary.Minimum, summary.LowerQuartile, summary.Median, summary.UpperQuartile, summary.Maximum];
            foreach (var (actual, expected) in quantiles.Zip(sample.Quantiles))
            {
                ShouldAgree(actual, expected, sample.Values.Length);
            }

            var interval = Interval.OfMean(sample.Values);
            interval.HasValue.ShouldBe(sample.Interval is not null);
            if (sample.Interval is [double lower, double upper])
            {
                ShouldAgree(interval.Value.Lower, lower, sample.Values.Length);
                ShouldAgree(interval.Value.Upper, upper, sample.Values.Length);
            }
        }
    }

    private static void ShouldAgree(double actual, double expected, object about) =>
        Math.Abs(actual - expected).ShouldBeLessThanOrEqualTo(
            1e-10 * Math.Abs(expected), $"{actual:R} instead of {expected:R} for {about}");

    /// <summary>An end may lie near 0, where only its error beside the interval's width has a meaning.</summary>
    private static void ShouldAgree(Interval actual, TestValues expected, object about)
    {
        double tolerance = 1e-10 * (expected.Upper - expected.Lower);
        actual.Lower.ShouldBe(expected.Lower, tolerance, $"lower end, {about}");
        actual.Upper.ShouldBe(expected.Upper, tolerance, $"upper end, {about}");
    }
}
