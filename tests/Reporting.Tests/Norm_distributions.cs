using AdvFit.Analysis.Statistics;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace AdvFit.Reporting.Tests;

[Properties(Arbitrary = [typeof(Norm_distributions)])]
public class Norm_distributions
{
    public static Arbitrary<double[]> Norms() => Gen.Choose(0, 1_000_000).Select(value => value / 1e5)
        .ArrayOf().Where(norms => norms.Length > 0).ToArbitrary();

    [Property]
    public void Every_norm_is_counted_once(double[] few, double[] many)
    {
        foreach (var (distribution, norms) in NormDistributions.Of([("a", few), ("b", many)]).Zip([few, many]))
        {
            distribution.Samples.ShouldBe(norms.Length);
            (distribution.Counts.Sum() + distribution.Beyond).ShouldBe(norms.Length);
            var end = distribution.BinWidth * distribution.Counts.Length;
            distribution.Beyond.ShouldBe(norms.Count(norm => norm > end));
        }
    }

    [Property]
    public void All_attacks_share_one_axis_that_shows_nearly_all_of_each(double[] few, double[] many)
    {
        var distributions = NormDistributions.Of([("a", few), ("b", many)]);
        distributions.Select(each => each.BinWidth).Distinct().Count().ShouldBe(1);
        distributions.ShouldAllBe(each => each.Beyond <= Math.Ceiling(each.Samples * 0.005));
    }

    [Property]
    public void Quantiles_are_those_of_the_results(double[] norms)
    {
        var quantiles = NormDistributions.Of([("a", norms)]).Single().Quantiles;
        var summary = Distributions.Summarize(norms);
        quantiles.ShouldBeInOrder();
        quantiles[0].ShouldBe(summary.Minimum);
        quantiles[25].ShouldBe(summary.LowerQuartile, 1e-12);
        quantiles[50].ShouldBe(summary.Median, 1e-12);
        quantiles[75].ShouldBe(summary.UpperQuartile, 1e-12);
        quantiles[100].ShouldBe(summary.Maximum);
    }

    [Fact]
    public void Attacks_without_a_success_have_no_distribution() =>
        NormDistributions.Of([("a", []), ("b", [0])]).Select(each => each.Attack).ShouldBe(["b"]);
}
