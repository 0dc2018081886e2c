using AdvFit.Analysis.Statistics;
using AdvFit.Messages;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace AdvFit.Analysis.Tests.Statistics;

[Properties(Arbitrary = [typeof(Samples)])]
public class Distribution_properties
{
    [Property]
    public void Quantiles_and_mean_lie_between_minimum_and_maximum_in_order(Deltas sample)
    {
        var summary = Distributions.Summarize(sample.Values);
        double[] quantiles =
            [summary.Minimum, summary.LowerQuartile, summary.Median, summary.UpperQuartile, summary.Maximum];
        quantiles.ShouldBeInOrder();
        summary.Minimum.ShouldBe(sample.Values.Min());
        summary.Maximum.ShouldBe(sample.Values.Max());
        summary.Mean.ShouldBeInRange(summary.Minimum, summary.Maximum);
    }

    [Property]
    public void The_order_of_values_changes_no_bit(Deltas sample) =>
        Distributions.Summarize([.. sample.Values.Reverse()]).ShouldBe(Distributions.Summarize(sample.Values));

    [Property]
    public void Equal_values_have_no_spread(Deltas sample, PositiveInt times)
    {
        double value = sample.Values[0];
        var summary = Distributions.Summarize([.. Enumerable.Repeat(value, times.Get)]);
        summary.ShouldBe(new Distribution(times.Get, value, 0, value, value, value, value, value));
    }

    [Fact]
    public void No_values_make_the_empty_distribution() =>
        Distributions.Summarize([]).ShouldBe(Distribution.Empty);

    [Fact]
    public void What_is_not_finite_is_refused()
    {
        Should.Throw<ArgumentException>(() => Distributions.Summarize([1, double.NaN]));
        Should.Throw<ArgumentException>(() => Distributions.Summarize([double.PositiveInfinity]));
    }

    [Fact]
    public void The_t_quantile_undoes_the_distribution_function()
    {
        Prop.ForAll(
            Gen.Choose(1, 9999).ToArbitrary(), Gen.Choose(10, 2000).ToArbitrary(),
            (permyriad, tenths) =>
            {
                double p = permyriad / 10_000.0;
                double degrees = tenths / 10.0;
                StudentT.Cdf(StudentT.Quantile(p, degrees), degrees).ShouldBe(p, 1e-12);
            }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(0.0, 5.0)]
    [InlineData(1.0, 5.0)]
    [InlineData(double.NaN, 5.0)]
    [InlineData(0.5, 0.0)]
    [InlineData(0.5, double.NaN)]
    public void A_t_quantile_outside_its_domain_is_refused(double probability, double degrees) =>
        Should.Throw<ArgumentOutOfRangeException>(() => StudentT.Quantile(probability, degrees));
}
