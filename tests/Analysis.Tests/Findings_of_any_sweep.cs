using System.Text;
using AdvFit.Analysis.Comparisons;
using AdvFit.Analysis.Findings;
using AdvFit.Analysis.Json;
using AdvFit.Messages;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using static AdvFit.Analysis.Tests.SweepBuilder;

namespace AdvFit.Analysis.Tests;

[Properties(Arbitrary = [typeof(Findings_of_any_sweep)])]
public class Findings_of_any_sweep
{
    public static Arbitrary<SweepResults> Sweeps() => (
        from count in Gen.Choose(0, 5)
        from spread in Gen.Elements(0, 3, 30)
        from outcomes in Gen.CollectToArray(Enumerable.Range(1, count), shuffle => AnyOutcome(shuffle, spread))
        select SweepAnalysis.Analyze(Spec(5, "fgsm", "deepfool"), Data, outcomes, [])).ToArbitrary();

    [Property]
    public void Significance_is_claimed_just_where_a_Holm_corrected_p_is_below_0_05(SweepResults results)
    {
        foreach (var comparison in results.Comparisons)
        {
            bool welch = comparison.WelchHolm is { HasValue: true, Value: < 0.05 };
            bool paired = comparison.PairedHolm is { HasValue: true, Value: < 0.05 };
            comparison.Reading.Contains(": significant at 0.05").ShouldBe(welch || paired, comparison.Reading);
            (comparison.Verdict is Verdict.Supported or Verdict.Contradicted).ShouldBe(welch);
        }

        string[] claims = [.. Texts(results, FindingTopic.Claim).Take(2)];
        claims.Any(claim => claim.Contains("supported for")).ShouldBe(
            results.Comparisons.Any(comparison => comparison.Verdict == Verdict.Supported));
    }

    [Property]
    public void No_sentence_and_no_file_holds_a_NaN_or_an_infinity(SweepResults results)
    {
        string json = Encoding.UTF8.GetString(ResultsJson.Write(results));
        json.ShouldNotContain("NaN");
        json.ShouldNotContain("Infinity");
        results.Findings.ShouldAllBe(finding => finding.Text.EndsWith('.') && !finding.Text.Contains("NaN"));
    }

    [Property]
    public void The_number_of_shuffles_and_their_dependence_are_stated(SweepResults results)
    {
        int shuffles = results.Shuffles.Length;
        results.Findings[0].Text.ShouldStartWith($"{shuffles} of 5 planned shuffles");
        Texts(results, FindingTopic.Caveat).Count(text => text.Contains("not independent"))
            .ShouldBe(shuffles >= 2 ? 1 : 0);
    }

    [Fact]
    public void Accuracy_before_M_is_told_beside_that_after_it()
    {
        // Of 100 examples, by epoch: 50, 0 (M), 0, 30; of 40: 20, 0, 0, 40.
        var results = SweepAnalysis.Analyze(
            Spec(2, "fgsm", "deepfool"), Data,
            [Outcome(1, 150, 10, ("fgsm", 100, 30), ("deepfool", 40, 40)), Outcome(2, 150, 10, ("fgsm", 100, 20), ("deepfool", 0, 0))], []);

        Texts(results, FindingTopic.Caveat).Last().ShouldContain(
            "fgsm 50.0% before and 12.5% after and deepfool 50.0% before and 50.0% after.");
    }

    [Fact]
    public void Where_M_is_the_last_epoch_there_is_no_after()
    {
        var results = SweepAnalysis.Analyze(Spec(1, "fgsm"), Data, [PeakingLast(1, ("fgsm", 10))], []);
        Texts(results, FindingTopic.Caveat).ShouldAllBe(text => !text.Contains("either side of M"));
    }

    private static Gen<ShuffleOutcome> AnyOutcome(int shuffle, int spread) =>
        from peaksLast in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true)))
        from test in Gen.Choose(150 - spread, 150)
        from fail in Gen.Choose(8, 8 + spread)
        from samples in Gen.Frequency((9, Gen.Constant(100)), (1, Gen.Constant(0)))
        from fgsm in Gen.Choose(20, 20 + spread)
        from deepfool in Gen.Choose(60, 60 + spread)
        select peaksLast
            ? PeakingLast(shuffle, ("fgsm", samples), ("deepfool", 100))
            : Outcome(shuffle, test, fail, ("fgsm", samples, Math.Min(samples, fgsm)), ("deepfool", 100, deepfool));

    private static IEnumerable<string> Texts(SweepResults results, FindingTopic topic) =>
        results.Findings.Where(finding => finding.Topic == topic).Select(finding => finding.Text);
}
