using AdvFit.Analysis.Findings;
using AdvFit.Messages;
using static AdvFit.Analysis.Findings.SentenceFormat;

namespace AdvFit.Analysis.Slopes;

/// <summary>Turns the numbers of a k-NN sweep into sentences; claims nothing beyond the Holm-corrected tests.</summary>
internal static class KnnFindings
{
    internal static IEnumerable<Finding> Write(SweepResults results, KnnResults knn) =>
    [
        .. Regime(results).Select(text => new Finding(FindingTopic.Regime, text)),
        .. Filters(results, knn).Select(text => new Finding(FindingTopic.Filter, text)),
        .. Gains(results).Select(text => new Finding(FindingTopic.Gain, text)),
        .. knn.Comparisons.Select(comparison => comparison.Test).Concat(results.Comparisons)
            .Select(test => new Finding(FindingTopic.Comparison, test.Reading)),
        .. SlopeClaims.Write(results, knn).Select(text => new Finding(FindingTopic.Claim, text)),
        .. Norms(knn).Select(text => new Finding(FindingTopic.Norms, text)),
        .. Caveats(results, knn).Select(text => new Finding(FindingTopic.Caveat, text)),
    ];

    private static IEnumerable<string> Regime(SweepResults results)
    {
        if (results.Shuffles.IsEmpty)
        {
            yield break;
        }

        var z = results.Levels[0];
        var (train, test) = (MeanCurve(results, Subsets.Train)!, MeanCurve(results, Subsets.Test)!);
        var (gapBefore, gapAfter) = (train[0] - test[0], train[^1] - test[^1]);
        yield return $"From K = {z} (Z) to K = 1, train accuracy goes from {Percent(train[0])} to {Percent(train[^1])}, "
            + $"counting each sample among its own neighbours, and test accuracy from {Percent(test[0])} to "
            + $"{Percent(test[^1])}: the gap between them goes from {Signed(gapBefore)} to {Signed(gapAfter)} points. "
            + (gapAfter <= gapBefore
                ? "It does not grow, so smaller K do not overfit here, unlike in the paper."
                : "It grows: the classifier overfits as K gets smaller, as in the paper"
                    + (test[^1] < test[0] ? "." : ", though test accuracy itself does not fall."));
    }

    private static IEnumerable<string> Filters(SweepResults results, KnnResults knn)
    {
        if (results.Shuffles.IsEmpty)
        {
            yield break;
        }

        foreach (var filter in knn.Filters)
        {
            yield return $"{filter.Attack}: of {filter.TestSamples} test samples, Z-NN gets {filter.KnnCorrect} right and the "
                + $"network {filter.BothCorrect} of these; {filter.Attempted} were attacked, {filter.FooledNetwork} examples "
                + $"fool the network, and {filter.FooledKnn} of these fool Z-NN too"
                + (filter.KeptShare.HasValue ? $" ({Percent(filter.KeptShare.Value)})." : ".");
        }
    }

    private static IEnumerable<string> Gains(SweepResults results)
    {
        foreach (var subset in results.Subsets.Where(subset => subset.Subset is not (Subsets.Train or Subsets.Test)))
        {
            if (MeanCurve(results, subset.Subset) is { } means)
            {
                yield return $"Accuracy on {subset.Subset}, on average, at K = "
                    + $"{List([.. results.Levels.Select((level, i) => $"{level}: {Percent(means[i])}")])}.";
            }
        }

        (string Subset, double Rise)[] rises =
        [
            .. from subset in results.Subsets
               where subset.Subset != Subsets.Train && subset.Deltas.HasValue
               select (subset.Subset, subset.Deltas.Value.Distribution.Mean),
        ];
        if (rises.Length > 0)
        {
            var most = rises.Max(rise => rise.Rise);
            string[] winners = [.. rises.Where(rise => rise.Rise == most).Select(rise => rise.Subset)];
            yield return $"Train aside, accuracy rises most from Z to 1 on {List(winners)}: by {Signed(most)} points. The paper "
                + "found the highest increase in the adversarial sets.";
        }
    }

    private static IEnumerable<string> Norms(KnnResults knn)
    {
        foreach (var filter in knn.Filters)
        {
            if (filter.L2.HasValue && filter.Linf.HasValue)
            {
                yield return $"{filter.Attack}'s examples that fool Z-NN too are at a mean L2 norm of "
                    + $"{Number(filter.L2.Value.MeanOfMeans)} and a mean Linf norm of {Number(filter.Linf.Value.MeanOfMeans)} "
                    + "from their originals (means over shuffles, pixels in [0, 1]).";
            }
        }
    }

    private static IEnumerable<string> Caveats(SweepResults results, KnnResults knn)
    {
        const int fewShuffles = 10, fewSamples = 100;
        var shuffles = results.Shuffles.Length;
        if (shuffles is >= 2 and < fewShuffles)
        {
            yield return $"The tests rest on only {Shuffles(shuffles)}: they can show large differences only, and so few "
                + "slopes cannot show whether they are normally distributed, as t-tests assume.";
        }

        string[] small =
        [
            .. from filter in knn.Filters
               where filter.FooledKnn < (long)fewSamples * shuffles
               select filter.Attack,
        ];
        if (shuffles > 0 && small.Length > 0)
        {
            yield return $"The adversarial {(small.Length == 1 ? "set" : "sets")} of {List(small)} "
                + $"{(small.Length == 1 ? "has" : "have")} fewer than {fewSamples} samples in a shuffle, on average: slopes are "
                + "quotients of small counts there and scatter widely.";
        }

        if (shuffles > 0)
        {
            yield return "Fail and adversarial samples are chosen because Z-NN gets them wrong, so their accuracy can only rise "
                + "from there; that it rises says nothing, how fast it rises beside the other set may.";
        }

        if (shuffles >= 2)
        {
            yield return "All shuffles re-split one data set, so their samples overlap and their slopes are not independent; "
                + "p-values and intervals, which assume that they are, tend to be too small (Nadeau and Bengio 2003).";
        }
    }

    private static double[]? MeanCurve(SweepResults results, string name)
    {
        var curve = results.Subsets.Single(subset => subset.Subset == name).MeanCurve;
        return curve.Length > 0 && curve.All(point => point.Mean.HasValue)
            ? [.. curve.Select(point => point.Mean.Value)]
            : null;
    }
}
