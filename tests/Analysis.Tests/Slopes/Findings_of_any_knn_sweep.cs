using System.Text;
using AdvFit.Analysis.Comparisons;
using AdvFit.Analysis.Json;
using AdvFit.Analysis.Slopes;
using AdvFit.Messages;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace AdvFit.Analysis.Tests.Slopes;

[Properties(Arbitrary = [typeof(Findings_of_any_knn_sweep)])]
public class Findings_of_any_knn_sweep
{
    public static Arbitrary<SweepResults> Sweeps() => (
        from count in Gen.Choose(0, 5)
        from least in Gen.Elements(0, 0, 3)
        from outcomes in Gen.CollectToArray(Enumerable.Range(1, count), shuffle => AnyOutcome(shuffle, least))
        select SweepAnalysis.Analyze(KnnBuilder.Spec(5, "fgsm", "deepfool"), SweepBuilder.Data, outcomes, [])).ToArbitrary();

    [Property]
    public void Slopes_of_every_kind_are_counted_and_none_is_lost(SweepResults results)
    {
        foreach (var slope in results.Knn!.Subsets)
        {
            (slope.Finite + slope.Infinite + slope.Undefined).ShouldBe(results.Shuffles.Length);
            slope.Values.HasValue.ShouldBe(slope is { Infinite: 0, Finite: > 0, ByConstruction: false });
            slope.ByConstruction.ShouldBe(slope.J == 5 && slope.Subset is not ("train" or "test"));
        }
    }

    [Property]
    public void Slopes_of_one_shuffle_multiply_to_the_whole_rise(SweepResults results)
    {
        foreach (var (shuffle, knn) in results.Shuffles.Zip(results.Knn!.Shuffles))
        {
            foreach (var subset in knn.Slopes.Where(subset => subset.Slopes.All(slope => slope.Kind == SlopeKind.Finite)))
            {
                var curve = shuffle.Curve(subset.Subset);
                subset.Slopes.Aggregate(1.0, (product, slope) => product * slope.Value.Value)
                    .ShouldBe((double)curve.Correct[^1] / curve.Correct[0], 1e-12);
            }
        }
    }

    [Property]
    public void A_test_is_made_just_where_no_slope_is_infinite_and_the_values_allow_it(SweepResults results)
    {
        foreach (var (j, test) in results.Knn!.Comparisons.Select(comparison => (comparison.J, comparison.Test)))
        {
            var kinds = results.Knn.Shuffles.SelectMany(shuffle =>
                new[] { shuffle.Slope(test.Attack, j).Kind, shuffle.Slope("fail", j).Kind });
            if (j == 5 || kinds.Contains(SlopeKind.Infinite))
            {
                test.Verdict.ShouldBe(Verdict.Untestable);
                if (results.Shuffles.Length > 0)
                {
                    test.Welch.Reason.ShouldNotBeNull().ShouldContain("infinite");
                }
            }

            test.Reading.Contains(": significant at 0.05").ShouldBe(
                test.WelchHolm is { HasValue: true, Value: < 0.05 } || test.PairedHolm is { HasValue: true, Value: < 0.05 });
        }
    }

    [Property]
    public void No_sentence_and_no_file_holds_a_NaN_or_an_infinity(SweepResults results)
    {
        string json = Encoding.UTF8.GetString(ResultsJson.Write(results));
        json.ShouldNotContain("NaN");
        json.ShouldNotContain("Infinity");
        results.Findings.ShouldAllBe(finding => finding.Text.EndsWith('.') && !finding.Text.Contains("NaN"));
    }

    private static Gen<ShuffleOutcome> AnyOutcome(int shuffle, int least) =>
        from fail in Rising(40, least)
        from samples in Gen.Frequency((9, Gen.Constant(50)), (1, Gen.Constant(0)))
        from fgsm in Rising(samples, Math.Min(least, samples))
        from deepfool in Rising(20, least)
        select KnnBuilder.Outcome(
            shuffle, fail, ("fgsm", samples, fgsm.Five, fgsm.Three, fgsm.One),
            ("deepfool", 20, deepfool.Five, deepfool.Three, deepfool.One));

    private static Gen<(int Five, int Three, int One)> Rising(int samples, int least) =>
        from five in Gen.Choose(least, samples / 2 < least ? least : samples / 2)
        from three in Gen.Choose(least, samples)
        from one in Gen.Choose(least, samples)
        select (five, three, one);
}
