using AdvFit.Analysis.Statistics;
using FsCheck.Xunit;

namespace AdvFit.Analysis.Tests.Statistics;

[Properties(Arbitrary = [typeof(Samples)])]
public class Holm_properties
{
    [Property]
    public void A_corrected_p_is_at_least_its_own_and_at_most_Bonferronis(PValues p)
    {
        var adjusted = HolmCorrection.Adjust(p.Values);
        for (int i = 0; i < p.Values.Length; i++)
        {
            adjusted[i].ShouldBeInRange(p.Values[i], Math.Min(1, p.Values.Length * p.Values[i]));
        }
    }

    [Property]
    public void The_order_of_p_values_is_kept_and_ties_stay_ties(PValues p)
    {
        var adjusted = HolmCorrection.Adjust(p.Values);
        for (int i = 0; i < p.Values.Length; i++)
        {
            for (int j = 0; j < p.Values.Length; j++)
            {
                if (p.Values[i] <= p.Values[j])
                {
                    adjusted[i].ShouldBeLessThanOrEqualTo(adjusted[j]);
                }
            }
        }
    }

    [Property]
    public void The_order_of_the_tests_does_not_matter(PValues p)
    {
        double[] reversed = [.. p.Values.Reverse()];
        HolmCorrection.Adjust(reversed).Reverse().ShouldBe(HolmCorrection.Adjust(p.Values));
    }

    [Fact]
    public void The_smallest_p_is_multiplied_by_the_size_of_the_family() =>
        HolmCorrection.Adjust([0.01, 0.5, 0.25])[0].ShouldBe(0.03);

    [Fact]
    public void An_empty_family_has_no_corrected_p() => HolmCorrection.Adjust([]).ShouldBeEmpty();

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void What_is_no_probability_is_refused(double p) =>
        Should.Throw<ArgumentOutOfRangeException>(() => HolmCorrection.Adjust([0.5, p]));
}
