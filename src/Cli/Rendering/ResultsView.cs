using AdvFit.Analysis;
using AdvFit.Analysis.Comparisons;
using AdvFit.Analysis.Findings;
using Spectre.Console;

namespace AdvFit.Cli.Rendering;

/// <summary>Shows the results of a sweep.</summary>
internal static class ResultsView
{
    public static void Write(IAnsiConsole console, string sweep, SweepResults results)
    {
        console.Write(Tables.Heading(
            $"{sweep}: {results.Shuffles.Length} of {Format.Count(results.Spec.Shuffles, "shuffle")} done"
            + (results.Failed.IsEmpty ? "\n" : $", {results.Failed.Length} failed\n")));
        console.Write(Tables.Facts(SpecSummary.Of(results.Spec, results.Data)));
        if (!results.Shuffles.IsEmpty)
        {
            console.Section(results.Knn is null
                ? "Mean accuracy by epoch; ^ marks M, the epoch of the highest test accuracy"
                : "Mean accuracy by number of neighbours K; ^ marks Z");
            CurvePlots.Write(console, results);
            if (results.Knn is { } knn)
            {
                KnnView.WriteTables(console, results, knn);
            }
            else
            {
                CnnView.WriteTables(console, results);
            }
        }

        console.Section("What this means");
        console.Write(Tables.Sentences(Sentences(results)));
    }

    /// <summary>The findings that the tables do not already tell; the others are in the JSON.</summary>
    private static IEnumerable<string> Sentences(SweepResults results) =>
    [
        .. Of(results, FindingTopic.Coverage),
        .. Of(results, FindingTopic.Warning),
        .. Of(results, FindingTopic.Regime),
        .. Untestable(results).Select(test => test.Reading),
        .. Of(results, FindingTopic.Claim),
        .. Of(results, FindingTopic.Caveat),
    ];

    /// <summary>
    /// The comparisons that could not be tested. Those of too few shuffles, and of slopes that are infinite by construction, are
    /// left to the claims of a k-NN sweep.
    /// </summary>
    private static IEnumerable<Comparison> Untestable(SweepResults results)
    {
        var tests = results.Knn is null ? results.Comparisons
            : results.Shuffles.Length < 2 ? []
            : KnnView.Testable(results, results.Knn).Select(slope => slope.Test);
        return tests.Where(test => test.Verdict == Verdict.Untestable);
    }

    private static IEnumerable<string> Of(SweepResults results, FindingTopic topic) =>
        results.Findings.Where(finding => finding.Topic == topic).Select(finding => finding.Text);
}
