using AdvFit.Analysis.Statistics;
using FsCheck.Xunit;

namespace AdvFit.Analysis.Tests.Statistics;

[Properties(Arbitrary = [typeof(Samples)])]
public class T_test_properties
{
    [Property]
    public void Swapping_the_groups_of_Welchs_test_flips_the_sign_and_nothing_else(Deltas a, Deltas b)
    {
        var test = WelchTest.Run(a.Values, b.Values);
        var swapped = WelchTest.Run(b.Values, a.Values);
        swapped.Reason.ShouldBe(test.Reason);
        if (test.HasValue)
        {
            swapped.Value.Statistic.ShouldBe(-test.Value.Statistic);
            swapped.Value.PValue.ShouldBe(test.Value.PValue);
            swapped.Value.DegreesOfFreedom.ShouldBe(test.Value.DegreesOfFreedom, 1e-12);
            swapped.Value.DifferenceInterval.Lower.ShouldBe(-test.Value.DifferenceInterval.Upper, 1e-12);
            swapped.Value.DifferenceInterval.Upper.ShouldBe(-test.Value.DifferenceInterval.Lower, 1e-12);
        }
    }

    [Property]
    public void Welchs_degrees_of_freedom_lie_between_the_smaller_groups_and_both_groups(Deltas a, Deltas b)
    {
        var test = WelchTest.Run(a.Values, b.Values);
        if (test.HasValue)
        {
            int smaller = Math.Min(a.Values.Length, b.Values.Length);
            test.Value.DegreesOfFreedom.ShouldBeGreaterThanOrEqualTo((smaller - 1) * (1 - 1e-12));
            test.Value.DegreesOfFreedom.ShouldBeLessThanOrEqualTo(
                (a.Values.Length + b.Values.Length - 2) * (1 + 1e-12));
        }
    }

    [Property]
    public void P_is_below_0_05_just_when_the_interval_leaves_out_0(Deltas a, Deltas b)
    {
        var test = WelchTest.Run(a.Values, b.Values);
        if (test.HasValue && Math.Abs(test.Value.PValue - 0.05) > 1e-9)
        {
            bool leavesOut = test.Value.DifferenceInterval is { Lower: > 0 } or { Upper: < 0 };
            (test.Value.PValue < 0.05).ShouldBe(leavesOut);
        }
    }

    [Property]
    public void The_order_of_values_within_a_group_does_not_matter_beyond_rounding(Deltas a, Deltas b)
    {
        var test = WelchTest.Run(a.Values, b.Values);
        var reversed = WelchTest.Run([.. a.Values.Reverse()], b.Values);
        reversed.HasValue.ShouldBe(test.HasValue);
        if (test.HasValue)
        {
            reversed.Value.Statistic.ShouldBe(test.Value.Statistic, 1e-10 * (1 + Math.Abs(test.Value.Statistic)));
        }
    }

    [Property]
    public void Doubling_every_value_changes_neither_statistic_nor_p(PairedDeltas pairs)
    {
        double[] first = [.. pairs.First.Select(value => 2 * value)];
        double[] second = [.. pairs.Second.Select(value => 2 * value)];
        WelchTest.Run(first, second).Select(test => (test.Statistic, test.PValue))
            .ShouldBe(WelchTest.Run(pairs.First, pairs.Second).Select(test => (test.Statistic, test.PValue)));
        PairedTest.Run(first, second).Select(test => (test.Statistic, test.PValue))
            .ShouldBe(PairedTest.Run(pairs.First, pairs.Second).Select(test => (test.Statistic, test.PValue)));
    }

    [Property]
    public void The_paired_test_is_the_one_sample_test_of_the_differences(PairedDeltas pairs)
    {
        double[] differences = [.. pairs.First.Zip(pairs.Second, (first, second) => first - second)];
        var paired = PairedTest.Run(pairs.First, pairs.Second);
        paired.ShouldBe(PairedTest.Run(differences, new double[differences.Length]));
        if (paired.HasValue)
        {
            paired.Value.DifferenceInterval.ShouldBe(Interval.OfMean(differences).Value);
        }
    }

    [Property]
    public void Effect_sizes_have_the_sign_of_their_tests_and_are_absent_with_them(PairedDeltas pairs)
    {
        var welch = WelchTest.Run(pairs.First, pairs.Second);
        var hedges = EffectSizes.HedgesG(pairs.First, pairs.Second);
        hedges.Reason.ShouldBe(welch.Reason);
        hedges.Select(g => Math.Sign(g)).ShouldBe(welch.Select(test => Math.Sign(test.Statistic)));

        var paired = PairedTest.Run(pairs.First, pairs.Second);
        var cohen = EffectSizes.CohensDz(pairs.First, pairs.Second);
        cohen.Reason.ShouldBe(paired.Reason);
        cohen.Select(d => Math.Sign(d)).ShouldBe(paired.Select(test => Math.Sign(test.Statistic)));
    }

    [Fact]
    public void A_group_of_one_has_no_Welch_test() =>
        WelchTest.Run([0.5], [0.1, 0.2]).Reason
            .ShouldBe("each group needs two shuffles with a value, and they have 1 and 2");

    [Fact]
    public void Groups_that_do_not_vary_have_no_test_whether_or_not_they_differ()
    {
        // 0.1 has no exact mean of three in floating point; it must not make a variance.
        WelchTest.Run([0.1, 0.1, 0.1], [0.3, 0.3, 0.3]).Reason.ShouldNotBeNull().ShouldContain("infinite");
        WelchTest.Run([0.1, 0.1, 0.1], [0.1, 0.1]).Reason.ShouldNotBeNull().ShouldContain("0/0");
        PairedTest.Run([0.1, 0.2], [0.1, 0.2]).Reason.ShouldNotBeNull().ShouldContain("0/0");
    }

    [Fact]
    public void Differences_that_vary_by_rounding_only_have_no_paired_test()
    {
        (0.3 - 0.2).ShouldNotBe(0.2 - 0.1);
        PairedTest.Run([0.3, 0.2], [0.2, 0.1]).Reason.ShouldNotBeNull().ShouldContain("infinite");
        EffectSizes.CohensDz([0.3, 0.2], [0.2, 0.1]).HasValue.ShouldBeFalse();
    }

    [Fact]
    public void One_constant_group_still_has_a_Welch_test_with_the_other_groups_degrees_of_freedom() =>
        WelchTest.Run([0.2, 0.2, 0.2], [0.1, 0.15, 0.3, 0.2]).Value.DegreesOfFreedom.ShouldBe(3, 1e-12);

    [Fact]
    public void Unequal_numbers_of_values_are_no_pairs() =>
        Should.Throw<ArgumentException>(() => PairedTest.Run([0.1], [0.1, 0.2]));

    [Fact]
    public void An_absent_value_cannot_be_read() =>
        Should.Throw<InvalidOperationException>(() => WelchTest.Run([], []).Value);
}
