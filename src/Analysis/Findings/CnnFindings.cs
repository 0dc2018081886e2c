using AdvFit.Messages;
using static AdvFit.Analysis.Findings.SentenceFormat;

namespace AdvFit.Analysis.Findings;

/// <summary>What a CNN sweep found, in sentences (paper, section 4.2).</summary>
internal static class CnnFindings
{
    internal static IEnumerable<Finding> Write(SweepResults results) =>
    [
        .. Regime(results).Select(text => new Finding(FindingTopic.Regime, text)),
        .. Gains(results).Select(text => new Finding(FindingTopic.Gain, text)),
        .. results.Comparisons.Select(comparison => new Finding(FindingTopic.Comparison, comparison.Reading)),
        .. ClaimFindings.Write(results).Select(text => new Finding(FindingTopic.Claim, text)),
        .. NormFindings.Write(results).Select(text => new Finding(FindingTopic.Norms, text)),
        .. Caveats(results).Concat(AccuracyAroundM.Write(results)).Select(text => new Finding(FindingTopic.Caveat, text)),
    ];

    private static IEnumerable<string> Regime(SweepResults results)
    {
        if (results.Shuffles.IsEmpty)
        {
            yield break;
        }

        int[] peaks = [.. results.Shuffles.Select(shuffle => shuffle.ReferenceLevel)];
        string range = peaks.Min() == peaks.Max()
            ? $"epoch {Count(peaks[0])}"
            : $"epochs {Count(peaks.Min())} to {Count(peaks.Max())}";
        double atPeak = results.Shuffles.Average(shuffle => shuffle.Curve(Subsets.Test).Accuracy.Value.Max());
        double atEnd = results.Shuffles.Average(shuffle => shuffle.Curve(Subsets.Test).Accuracy.Value[^1]);
        yield return $"Test accuracy is highest at {range} (M) of {Count(results.Levels[^1])}, with "
            + $"{Percent(atPeak)} on average; at the last epoch it is {Percent(atEnd)}.";

        int[] atLast = [.. results.Shuffles.Where(s => s.ReferenceLevel == s.LastLevel).Select(s => s.Shuffle)];
        if (atLast.Length > 0)
        {
            yield return $"In {Count(atLast.Length)} of {Shuffles(results.Shuffles.Length)} "
                + $"({List(atLast)}) M is the last epoch: there is no overfitting regime there, every delta is 0 by "
                + "definition and pulls the means towards 0. More epochs would show what follows the peak.";
        }
    }

    private static IEnumerable<string> Gains(SweepResults results)
    {
        foreach (var subset in results.Subsets.Where(subset => subset.Deltas.HasValue))
        {
            var deltas = subset.Deltas.Value;
            yield return $"From M to the last epoch, accuracy on {subset.Subset} changes by "
                + $"{Signed(deltas.Distribution.Mean)} percentage points on average over "
                + $"{Shuffles(deltas.Distribution.Count)} ({Ci(deltas.MeanInterval)}).";
        }

        SubsetSummary[] defined =
            [.. results.Subsets.Where(subset => subset.Subset != Subsets.Train && subset.Deltas.HasValue)];
        double most = defined.Select(Mean).DefaultIfEmpty(0).Max();
        if (most > 0)
        {
            string[] winners = [.. defined.Where(subset => Mean(subset) == most).Select(subset => subset.Subset)];
            yield return $"Train aside, {List(winners)} gained most on average: {Signed(most)} points.";
        }
        else if (defined.Length > 0)
        {
            yield return "Train aside, no subset gained accuracy on average.";
        }
    }

    private static double Mean(SubsetSummary subset) => subset.Deltas.Value.Distribution.Mean;

    private static IEnumerable<string> Caveats(SweepResults results)
    {
        const int fewShuffles = 10;
        int shuffles = results.Shuffles.Length;
        if (shuffles is >= 2 and < fewShuffles)
        {
            yield return $"The tests rest on only {Shuffles(shuffles)}: they can show large differences only, and so "
                + "few deltas cannot show whether they are normally distributed, as t-tests assume.";
        }

        if (shuffles > 0 && !results.Comparisons.IsEmpty)
        {
            yield return "By construction test accuracy is at its highest at M, so its delta is never above 0, and "
                + "fail and adversarial accuracy are 0 at M, so their deltas are never below 0: part of any "
                + "difference from test is this choice of M. The comparison with fail, which also starts at 0, is "
                + "the fairer one.";
        }

        if (shuffles >= 2)
        {
            yield return "All shuffles re-split one data set, so their samples overlap and their deltas are not "
                + "independent; p-values and intervals, which assume that they are, tend to be too small (Nadeau and "
                + "Bengio 2003).";
        }
    }
}
