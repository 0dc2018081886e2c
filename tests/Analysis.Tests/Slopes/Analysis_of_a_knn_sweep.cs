using System.Collections.Immutable;
using AdvFit.Analysis.Comparisons;
using AdvFit.Analysis.Findings;
using AdvFit.Analysis.Slopes;
using AdvFit.Analysis.Statistics;
using AdvFit.Messages;
using static AdvFit.Analysis.Tests.SweepBuilder;

namespace AdvFit.Analysis.Tests.Slopes;

public class Analysis_of_a_knn_sweep
{
    private static readonly SweepResults Results = Analyze(
        KnnBuilder.Outcome(1, (5, 10, 12), ("fgsm", 50, 10, 25, 40), ("deepfool", 10, 4, 5, 5)),
        KnnBuilder.Outcome(2, (4, 9, 13), ("fgsm", 60, 12, 36, 40), ("deepfool", 12, 3, 5, 6)),
        KnnBuilder.Outcome(3, (5, 8, 12), ("fgsm", 40, 10, 20, 31), ("deepfool", 8, 2, 5, 5)));

    private static KnnResults Knn => Results.Knn.ShouldNotBeNull();

    [Fact]
    public void A_slope_is_the_accuracy_at_j_over_that_at_j_plus_2()
    {
        Slopes("fail", 3).ShouldBe([10 / 5.0, 9 / 4.0, 8 / 5.0]);
        Slopes("fail", 1).ShouldBe([12 / 10.0, 13 / 9.0, 12 / 8.0]);
        Slopes("fgsm", 3).ShouldBe([2.5, 3, 2]);
        Slopes("test", 5).ShouldBe([159 / 160.0, 159 / 160.0, 159 / 160.0]);
    }

    [Fact]
    public void S_5_of_samples_that_7_NN_gets_wrong_is_infinite_by_construction_and_said_so_instead_of_a_number()
    {
        foreach (var subset in new[] { "fail", "fgsm", "deepfool" })
        {
            var slope = Summary(Results, subset, 5);
            (slope.ByConstruction, slope.Infinite, slope.Finite).ShouldBe((true, 3, 0));
            slope.Values.Reason.ShouldNotBeNull().ShouldStartWith("S_5 is infinite by construction");
        }

        foreach (var comparison in Knn.Comparisons.Where(comparison => comparison.J == 5))
        {
            comparison.Test.Verdict.ShouldBe(Verdict.Untestable);
            comparison.Test.Welch.Reason.ShouldNotBeNull().ShouldContain("infinite by construction");
        }

        Results.Findings.Count(finding => finding.Topic == FindingTopic.Claim
            && finding.Text.Contains("S_5 = A_5/A_7 is infinite by construction")).ShouldBe(1);
        Summary(Results, "test", 5).ByConstruction.ShouldBeFalse();
    }

    [Fact]
    public void Every_slope_of_every_attack_is_tested_against_the_fail_sets()
    {
        Knn.Comparisons.Select(comparison => (comparison.J, comparison.Test.Attack, comparison.Test.Against)).ShouldBe(
        [
            (1, "fgsm", "fail"), (1, "deepfool", "fail"), (3, "fgsm", "fail"), (3, "deepfool", "fail"),
            (5, "fgsm", "fail"), (5, "deepfool", "fail"),
        ]);
        foreach (var (j, test) in Knn.Comparisons.Where(comparison => comparison.J < 5).Select(c => (c.J, c.Test)))
        {
            double[] first = Slopes(test.Attack, j), second = Slopes("fail", j);
            test.Welch.ShouldBe(WelchTest.Run(first, second));
            test.Paired.ShouldBe(PairedTest.Run(first, second));
            test.HedgesG.ShouldBe(EffectSizes.HedgesG(first, second));
            test.CohensDz.ShouldBe(EffectSizes.CohensDz(first, second));
        }
    }

    [Fact]
    public void The_slopes_that_have_a_test_are_one_family_for_Holm()
    {
        var tested = Knn.Comparisons.Where(comparison => comparison.J < 5).Select(comparison => comparison.Test).ToArray();
        tested.Select(test => test.WelchHolm.Value).ShouldBe(
            HolmCorrection.Adjust([.. tested.Select(test => test.Welch.Value.PValue)]));
        tested.Select(test => test.PairedHolm.Value).ShouldBe(
            HolmCorrection.Adjust([.. tested.Select(test => test.Paired.Value.PValue)]));
    }

    [Fact]
    public void An_infinite_slope_is_counted_and_leaves_no_mean_nor_test()
    {
        var results = Analyze(
            KnnBuilder.Outcome(1, (5, 10, 12), ("fgsm", 50, 10, 25, 40)),
            KnnBuilder.Outcome(2, (4, 9, 13), ("fgsm", 60, 0, 36, 40)),
            KnnBuilder.Outcome(3, (5, 8, 12), ("fgsm", 40, 10, 20, 31)));
        var slope = Summary(results, "fgsm", 3);
        (slope.Finite, slope.Infinite, slope.Undefined, slope.ByConstruction).ShouldBe((2, 1, 0, false));
        slope.Values.Reason.ShouldBe(
            "S_3 of fgsm is infinite in 1 of 3 shuffles, because A_5 is 0 there, and so is its mean");
        var test = results.Knn!.Comparisons.Single(comparison => comparison.J == 3).Test;
        test.Welch.Reason.ShouldBe(slope.Values.Reason);
        test.Verdict.ShouldBe(Verdict.Untestable);
        results.Knn.Comparisons.Single(comparison => comparison.J == 1).Test.Welch.HasValue.ShouldBeTrue();
    }

    [Fact]
    public void A_slope_of_0_over_0_is_undefined_and_left_out_of_the_test()
    {
        var results = Analyze(
            KnnBuilder.Outcome(1, (5, 10, 12), ("fgsm", 50, 10, 25, 40)),
            KnnBuilder.Outcome(2, (4, 9, 13), ("fgsm", 60, 0, 0, 40)),
            KnnBuilder.Outcome(3, (5, 8, 12), ("fgsm", 0, 0, 0, 0)),
            KnnBuilder.Outcome(4, (5, 7, 12), ("fgsm", 40, 10, 30, 31)));
        results.Knn!.Shuffles.Select(shuffle => shuffle.Slope("fgsm", 3).Kind).ShouldBe(
            [SlopeKind.Finite, SlopeKind.Undefined, SlopeKind.Empty, SlopeKind.Finite]);
        Summary(results, "fgsm", 3).Undefined.ShouldBe(2);
        var welch = results.Knn.Comparisons.Single(comparison => comparison.J == 3).Test.Welch.Value;
        (welch.First.Count, welch.Second.Count).ShouldBe((2, 4));
    }

    [Fact]
    public void What_each_step_kept_is_summed_over_the_shuffles()
    {
        var filter = Knn.Filters[0];
        (filter.Attack, filter.TestSamples, filter.KnnCorrect, filter.BothCorrect, filter.Attempted)
            .ShouldBe(("fgsm", 600L, 480L, 450L, 450L));
        (filter.FooledNetwork, filter.FooledKnn, filter.KeptShare.Value).ShouldBe((300L, 150L, 0.5));
        filter.L2.Value.Samples.ShouldBe(150);
        Results.Attacks[0].Succeeded.ShouldBe(300);
    }

    [Fact]
    public void The_p_value_figure_has_a_point_for_every_attack_and_slope_and_the_papers_two_lines()
    {
        Knn.PValues.Lines.ShouldBe([new ConfidenceLine(0.95, 0.05), new ConfidenceLine(0.99, 0.01)]);
        Knn.PValues.Points.Select(point => (point.Attack, point.J)).ShouldBe(
            [("fgsm", 1), ("fgsm", 3), ("fgsm", 5), ("deepfool", 1), ("deepfool", 3), ("deepfool", 5)]);
        Knn.PValues.Points[1].Welch.Value.ShouldBe(
            Knn.Comparisons.Single(c => c is { J: 3, Test.Attack: "fgsm" }).Test.Welch.Value.PValue);
        Knn.PValues.Points[2].Welch.HasValue.ShouldBeFalse();
    }

    [Fact]
    public void The_rise_in_points_from_Z_to_1_is_tested_beside_the_slopes()
    {
        Results.Comparisons.Select(comparison => (comparison.Attack, comparison.Against))
            .ShouldBe([("fgsm", "test"), ("deepfool", "test"), ("fgsm", "fail"), ("deepfool", "fail")]);
        Results.Shuffles[0].Curve("fgsm").Delta.Value.ShouldBe(0.8);
    }

    [Fact]
    public void One_shuffle_has_slopes_but_no_test()
    {
        var results = Analyze(KnnBuilder.Outcome(1, (5, 10, 12), ("fgsm", 50, 10, 25, 40)));
        results.Knn!.Comparisons.ShouldAllBe(comparison => comparison.Test.Verdict == Verdict.Untestable);
        results.Findings.ShouldContain(finding => finding.Text.StartsWith("Taken together, this sweep cannot test the claim"));
    }

    public static TheoryData<string, ShuffleOutcome> Contradictions
    {
        get
        {
            var sound = KnnBuilder.Outcome(1, (5, 10, 12), ("fgsm", 50, 10, 25, 40));
            var transfer = sound.Attacks[0].Transfer!;
            return new TheoryData<string, ShuffleOutcome>
            {
                { "its fit levels are not K = 7, 5, .., 1", sound with { Levels = [7, 5, 2, 1] } },
                { "its reference level is not Z = 7", sound with { ReferenceLevel = 5, Curves = AllWrongAt5(sound) } },
                { "its fail set has 39 samples", sound with { Curves = sound.Curves.SetItem(2, sound.Curves[2] with { Samples = 39 }) } },
                { "does not say which network", sound with { Network = null } },
                { "161 test samples are said", sound with { Network = sound.Network! with { BothCorrect = 161 } } },
                { "how many examples of fgsm", WithAttack(sound, sound.Attacks[0] with { Succeeded = 50, L2 = transfer.L2, Linf = transfer.Linf, Transfer = null }) },
                { "the counts of its attack fgsm do not agree", WithAttack(sound, sound.Attacks[0] with { Attempted = 151 }) },
                { "the counts of its attack fgsm do not agree", WithAttack(sound, sound.Attacks[0] with { Transfer = transfer with { Kept = 49 } }) },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Contradictions), DisableDiscoveryEnumeration = true)]
    public void Outcomes_that_contradict_the_workflow_are_refused(string complaint, ShuffleOutcome outcome) =>
        Should.Throw<AnalysisException>(() => Analyze(outcome)).Message.ShouldContain(complaint);

    private static ImmutableArray<AccuracyCurve> AllWrongAt5(ShuffleOutcome outcome) =>
        [.. outcome.Curves.Select((curve, i) => i < 2 ? curve : curve with { Correct = curve.Correct.SetItem(1, 0) })];

    private static ShuffleOutcome WithAttack(ShuffleOutcome outcome, AttackOutcome attack) => outcome with { Attacks = [attack] };

    private static SweepResults Analyze(params ShuffleOutcome[] outcomes) => SweepAnalysis.Analyze(
        KnnBuilder.Spec(outcomes.Length, [.. outcomes[0].Attacks.Select(attack => attack.Attack)]), Data, outcomes, []);

    private static SlopeSummary Summary(SweepResults results, string subset, int j) =>
        results.Knn!.Subsets.Single(slope => slope.Subset == subset && slope.J == j);

    private static double[] Slopes(string subset, int j) =>
        [.. Knn.Shuffles.Select(shuffle => shuffle.Slope(subset, j).Value.Value)];
}
