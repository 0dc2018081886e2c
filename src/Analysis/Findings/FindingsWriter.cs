using System.Collections.Immutable;
using AdvFit.Analysis.Slopes;
using static AdvFit.Analysis.Findings.SentenceFormat;

namespace AdvFit.Analysis.Findings;

/// <summary>Turns the numbers of a sweep into sentences; claims nothing beyond the Holm-corrected tests.</summary>
internal static class FindingsWriter
{
    internal static ImmutableArray<Finding> Write(SweepResults results) =>
    [
        .. Coverage(results).Select(text => new Finding(FindingTopic.Coverage, text)),
        .. WarningFindings.Write(results.Shuffles).Select(text => new Finding(FindingTopic.Warning, text)),
        .. results.Knn is { } knn ? KnnFindings.Write(results, knn) : CnnFindings.Write(results),
    ];

    private static IEnumerable<string> Coverage(SweepResults results)
    {
        int planned = results.Spec.Shuffles;
        yield return $"{Count(results.Shuffles.Length)} of {Count(planned)} planned "
            + $"{(planned == 1 ? "shuffle is" : "shuffles are")} completed.";
        if (!results.Pending.IsEmpty)
        {
            yield return $"No result yet from {(results.Pending.Length == 1 ? "shuffle" : "shuffles")} "
                + $"{List(results.Pending)}: every number here may still change.";
        }

        foreach (var failed in results.Failed)
        {
            yield return $"Shuffle {Count(failed.Shuffle)} failed and is left out: {failed.Cause.TrimEnd('.')}.";
        }

        foreach (var subset in results.Subsets)
        {
            int[] empty =
                [.. results.Shuffles.Where(s => s.Curve(subset.Subset).Samples == 0).Select(s => s.Shuffle)];
            if (empty.Length > 0)
            {
                yield return $"The {subset.Subset} set is empty in {(empty.Length == 1 ? "shuffle" : "shuffles")} "
                    + $"{List(empty)}: its accuracy and delta are undefined there and left out.";
            }
        }
    }
}
