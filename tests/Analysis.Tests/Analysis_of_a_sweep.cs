using AdvFit.Analysis.Comparisons;
using AdvFit.Analysis.Findings;
using AdvFit.Analysis.Statistics;
using static AdvFit.Analysis.Tests.SweepBuilder;

namespace AdvFit.Analysis.Tests;

public class Analysis_of_a_sweep
{
    private static readonly SweepResults Results = SweepAnalysis.Analyze(
        Spec(3, "fgsm", "deepfool"), Data,
        [
            Outcome(1, 150, 10, ("fgsm", 100, 50), ("deepfool", 80, 24)),
            Outcome(2, 154, 12, ("fgsm", 110, 66), ("deepfool", 90, 9)),
            Outcome(3, 152, 9, ("fgsm", 120, 54), ("deepfool", 100, 22)),
        ],
        []);

    [Fact]
    public void A_delta_is_the_accuracy_at_the_last_epoch_minus_that_at_M()
    {
        Deltas("test").ShouldBe([-10 / 200.0, -6 / 200.0, -8 / 200.0]);
        Deltas("train").ShouldBe([0.1, 0.1, 0.1]);
        Deltas("fail").ShouldBe([0.25, 0.3, 0.225]);
        Deltas("fgsm").ShouldBe([0.5, 0.6, 0.45]);
        Deltas("deepfool").ShouldBe([0.3, 0.1, 0.22]);
    }

    [Fact]
    public void Subsets_are_summarised_over_shuffles()
    {
        var fgsm = Subset(Results, "fgsm");
        fgsm.Deltas.Value.Distribution.ShouldBe(Distributions.Summarize([0.5, 0.6, 0.45]));
        fgsm.Deltas.Value.MeanInterval.ShouldBe(Interval.OfMean([0.5, 0.6, 0.45]));
        fgsm.MeanCurve.Select(point => point.Level).ShouldBe([1, 2, 3, 4]);
        fgsm.MeanCurve[1].ShouldBe(new LevelMean(2, 3, ValueOrReason.Of(0.0), ValueOrReason.Of(new Interval(0, 0))));
        fgsm.MeanCurve[3].Interval.ShouldBe(Interval.OfMean([0.5, 0.6, 0.45]));
    }

    [Fact]
    public void Every_attack_is_tested_against_test_and_fail()
    {
        Results.Comparisons.Select(comparison => (comparison.Attack, comparison.Against))
            .ShouldBe([("fgsm", "test"), ("deepfool", "test"), ("fgsm", "fail"), ("deepfool", "fail")]);
        foreach (var comparison in Results.Comparisons)
        {
            double[] first = Deltas(comparison.Attack);
            double[] second = Deltas(comparison.Against);
            comparison.Welch.ShouldBe(WelchTest.Run(first, second));
            comparison.Paired.ShouldBe(PairedTest.Run(first, second));
            comparison.HedgesG.ShouldBe(EffectSizes.HedgesG(first, second));
            comparison.CohensDz.ShouldBe(EffectSizes.CohensDz(first, second));
        }
    }

    [Fact]
    public void All_Welch_tests_are_one_family_for_Holm_and_all_paired_tests_another()
    {
        Results.Comparisons.Select(comparison => comparison.WelchHolm.Value).ShouldBe(
            HolmCorrection.Adjust([.. Results.Comparisons.Select(comparison => comparison.Welch.Value.PValue)]));
        Results.Comparisons.Select(comparison => comparison.PairedHolm.Value).ShouldBe(
            HolmCorrection.Adjust([.. Results.Comparisons.Select(comparison => comparison.Paired.Value.PValue)]));
    }

    [Fact]
    public void A_verdict_rests_on_the_Holm_corrected_Welch_test()
    {
        foreach (var comparison in Results.Comparisons)
        {
            comparison.Verdict.ShouldBe(comparison.WelchHolm.Value < 0.05 ? Verdict.Supported : Verdict.NotShown);
        }

        Results.Comparisons.Select(comparison => comparison.Verdict).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public void A_significantly_smaller_gain_contradicts_the_claim()
    {
        var results = SweepAnalysis.Analyze(
            Spec(3, "fgsm"), Data,
            [
                Outcome(1, 160, 30, ("fgsm", 100, 1)),
                Outcome(2, 159, 31, ("fgsm", 100, 2)),
                Outcome(3, 160, 32, ("fgsm", 100, 1)),
            ],
            []);
        results.Comparisons.Single(comparison => comparison.Against == "fail").Verdict.ShouldBe(Verdict.Contradicted);
    }

    [Fact]
    public void Norms_are_pooled_as_if_all_samples_were_one()
    {
        double[] all = [.. Norms(1, 100), .. Norms(2, 110), .. Norms(3, 120)];
        var pooled = Distributions.Summarize(all);
        var norms = Results.Attacks[0].L2.Value;
        norms.Samples.ShouldBe(330);
        norms.Shuffles.ShouldBe(3);
        norms.PooledMean.ShouldBe(pooled.Mean, 1e-12);
        norms.PooledStandardDeviation.Value.ShouldBe(pooled.StandardDeviation, 1e-12);
        norms.Minimum.ShouldBe(pooled.Minimum);
        norms.Maximum.ShouldBe(pooled.Maximum);
        norms.MeanOfMedians.ShouldBe(
            Enumerable.Range(1, 3).Average(s => Distributions.Summarize(Norms(s, 90 + s * 10)).Median), 1e-12);
    }

    [Fact]
    public void Attacks_are_counted_over_shuffles()
    {
        var deepfool = Results.Attacks[1];
        deepfool.Attack.ShouldBe("deepfool");
        (deepfool.Attempted, deepfool.Succeeded).ShouldBe((450L, 270L));
        deepfool.SuccessRate.Value.ShouldBe(0.6);
        (deepfool.Queries, deepfool.Gradients).ShouldBe((900L, 450L));
    }

    [Fact]
    public void M_at_the_last_epoch_is_noted_and_its_deltas_are_0()
    {
        var results = SweepAnalysis.Analyze(
            Spec(2, "fgsm"), Data, [PeakingLast(1, ("fgsm", 50)), Outcome(2, 150, 3, ("fgsm", 50, 20))], []);
        results.Shuffles[0].Note.ShouldNotBeNull().ShouldContain("no overfitting regime");
        results.Shuffles[1].Note.ShouldBeNull();
        foreach (string subset in new[] { "train", "test", "fail", "fgsm" })
        {
            results.Shuffles[0].Curve(subset).Delta.Value.ShouldBe(0);
        }

        results.Findings.ShouldContain(finding =>
            finding.Topic == FindingTopic.Regime
            && finding.Text.StartsWith("In 1 of 2 shuffles (1) M is the last epoch"));
    }

    [Fact]
    public void No_delta_anywhere_makes_tests_untestable_for_a_stated_reason()
    {
        var results = SweepAnalysis.Analyze(
            Spec(2, "fgsm"), Data, [PeakingLast(1, ("fgsm", 50)), PeakingLast(2, ("fgsm", 60))], []);
        results.Comparisons.ShouldAllBe(comparison =>
            comparison.Verdict == Verdict.Untestable && comparison.Welch.Reason!.Contains("0/0"));
        results.Findings.ShouldContain(
            finding => finding.Text.StartsWith("Taken together, this sweep cannot test the claim"));
    }

    [Fact]
    public void An_attack_that_fools_nobody_leaves_an_undefined_accuracy_in_that_shuffle_only()
    {
        var results = SweepAnalysis.Analyze(
            Spec(3, "fgsm"), Data,
            [
                Outcome(1, 150, 3, ("fgsm", 0, 0)),
                Outcome(2, 151, 3, ("fgsm", 50, 20)),
                Outcome(3, 149, 4, ("fgsm", 40, 20)),
            ],
            []);
        var curve = results.Shuffles[0].Curve("fgsm");
        curve.Accuracy.Reason.ShouldBe("the subset is empty");
        curve.Delta.Reason.ShouldBe("the subset is empty");
        Subset(results, "fgsm").MeanCurve[0].Shuffles.ShouldBe(2);
        results.Comparisons[0].Welch.Value.First.Count.ShouldBe(2);
        results.Comparisons[0].Welch.Value.Second.Count.ShouldBe(3);
        results.Comparisons[0].Paired.Value.Pairs.ShouldBe(2);
        results.Findings.ShouldContain(finding => finding.Text.StartsWith("The fgsm set is empty in shuffle 1"));
    }

    [Fact]
    public void One_shuffle_has_deltas_but_no_test_nor_interval()
    {
        var results = SweepAnalysis.Analyze(Spec(1, "fgsm"), Data, [Outcome(1, 150, 3, ("fgsm", 50, 20))], []);
        Subset(results, "fgsm").Deltas.Value.Distribution.Mean.ShouldBe(0.4);
        Subset(results, "fgsm").Deltas.Value.MeanInterval.Reason.ShouldNotBeNull().ShouldContain("only one shuffle");
        results.Comparisons.ShouldAllBe(comparison => comparison.Verdict == Verdict.Untestable);
    }

    [Fact]
    public void Failed_and_pending_shuffles_are_named()
    {
        var results = SweepAnalysis.Analyze(
            Spec(4, "fgsm"), Data, [Outcome(2, 150, 3, ("fgsm", 50, 20))], [new FailedShuffle(3, "The loss is NaN.")]);
        results.Pending.ShouldBe([1, 4]);
        Texts(results).ShouldContain("1 of 4 planned shuffles are completed.");
        Texts(results).ShouldContain("No result yet from shuffles 1 and 4: every number here may still change.");
        Texts(results).ShouldContain("Shuffle 3 failed and is left out: The loss is NaN.");
    }

    [Fact]
    public void A_sweep_without_any_completed_shuffle_can_be_analysed()
    {
        var results = SweepAnalysis.Analyze(Spec(2, "fgsm"), Data, [], []);
        results.Levels.ShouldBeEmpty();
        results.Subsets.ShouldAllBe(subset => !subset.Deltas.HasValue);
        results.Attacks[0].L2.Reason.ShouldBe("the attack has no success");
        results.Comparisons.ShouldAllBe(comparison => comparison.Verdict == Verdict.Untestable);
    }

    [Fact]
    public void A_sweep_without_attacks_says_nothing_of_the_claim()
    {
        var results = SweepAnalysis.Analyze(Spec(2), Data, [Outcome(1, 150, 3), Outcome(2, 151, 4)], []);
        results.Comparisons.ShouldBeEmpty();
        results.Findings.Single(finding => finding.Topic == FindingTopic.Claim).Text.ShouldContain("has no attack");
    }

    private static double[] Deltas(string subset) =>
        [.. Results.Shuffles.Select(shuffle => shuffle.Curve(subset).Delta.Value)];

    private static SubsetSummary Subset(SweepResults results, string name) =>
        results.Subsets.Single(subset => subset.Subset == name);

    private static IEnumerable<string> Texts(SweepResults results) => results.Findings.Select(finding => finding.Text);
}
