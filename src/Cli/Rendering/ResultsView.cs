using AdvFit.Analysis;
using AdvFit.Messages;
using Spectre.Console;

namespace AdvFit.Cli.Rendering;

/// <summary>The results of a sweep for a person.</summary>
internal static class ResultsView
{
    public static void Write(IAnsiConsole console, string sweep, SweepResults results)
    {
        console.Write(Tables.Heading(
            $"{sweep}: {results.Shuffles.Length} of {Format.Count(results.Spec.Shuffles, "shuffle")} done"
            + (results.Failed.IsEmpty ? "\n" : $", {results.Failed.Length} failed\n")));
        console.Write(Tables.Facts(SpecFacts.Of(results.Spec, results.Data)));
        if (!results.Shuffles.IsEmpty)
        {
            Section(console, "Mean accuracy by epoch; ^ marks M, the epoch of the highest test accuracy");
            CurvePlots.Write(console, results);
        }

        if (!results.Shuffles.IsEmpty)
        {
            WriteTables(console, results);
        }

        Section(console, "What this means");
        console.Write(Tables.Sentences(Sentences(results)));
    }

    /// <summary>The findings that the tables do not already tell; the others are in the JSON.</summary>
    private static IEnumerable<string> Sentences(SweepResults results) =>
    [
        .. Of(results, FindingTopic.Coverage),
        .. Of(results, FindingTopic.Warning),
        .. Of(results, FindingTopic.Regime),
        .. results.Comparisons.Where(test => test.Verdict == Verdict.Untestable).Select(test => test.Reading),
        .. Of(results, FindingTopic.Claim),
        .. Of(results, FindingTopic.Caveat),
    ];

    private static IEnumerable<string> Of(SweepResults results, FindingTopic topic) =>
        results.Findings.Where(finding => finding.Topic == topic).Select(finding => finding.Text);

    private static void WriteTables(IAnsiConsole console, SweepResults results)
    {
        Section(console, "Change of accuracy from M to the last epoch, in percentage points");
        console.Write(Gains(results));
        if (results.Comparisons.IsEmpty)
        {
            return;
        }

        Section(console, "Attacks on the network of epoch M; norms of pixels in [0, 1]");
        console.Write(Attacks(results));
        Section(console, "Does adversarial accuracy rise more? Tests of the differences in change");
        console.Write(Tests(results));
        console.Write(new Text(
            "Welch p: Welch's test, the paper's. paired: p of the paired t-test. Holm: the p before it, corrected "
            + "for the number of tests. g: Hedges' g. claim: what Holm-corrected Welch says, at 0.05, of the claim "
            + "that accuracy on the attack's examples rises more than on the set.\n"));
    }

    private static void Section(IAnsiConsole console, string heading)
    {
        console.WriteLine();
        console.Write(Tables.Heading(heading + "\n"));
    }

    private static Table Gains(SweepResults results)
    {
        var table = Tables.Create(
            ("subset", Justify.Left), ("shuffles", Justify.Right), ("samples", Justify.Right), ("at M", Justify.Right),
            ("at last", Justify.Right), ("change", Justify.Right), ("95% interval", Justify.Right));
        foreach (var subset in results.Subsets)
        {
            ShuffleResult[] shuffles = [.. results.Shuffles.Where(shuffle => shuffle.Curve(subset.Subset).Samples > 0)];
            if (!subset.Deltas.HasValue)
            {
                table.Add(subset.Subset, "0", "", "", "", "", subset.Deltas.Reason);
                continue;
            }

            var deltas = subset.Deltas.Value;
            table.Add(
                subset.Subset,
                Format.Count(deltas.Distribution.Count),
                Format.Count((long)Math.Round(shuffles.Average(shuffle => shuffle.Curve(subset.Subset).Samples))),
                Format.Percent(shuffles.Average(shuffle => AccuracyAt(results, shuffle, subset.Subset, shuffle.ReferenceLevel))),
                Format.Percent(shuffles.Average(shuffle => AccuracyAt(results, shuffle, subset.Subset, shuffle.LastLevel))),
                Format.Points(deltas.Distribution.Mean),
                deltas.MeanInterval.HasValue
                    ? $"{Format.Points(deltas.MeanInterval.Value.Lower)} to {Format.Points(deltas.MeanInterval.Value.Upper)}"
                    : "-");
        }

        return table;
    }

    private static double AccuracyAt(SweepResults results, ShuffleResult shuffle, string subset, int level) =>
        shuffle.Curve(subset).Accuracy.Value[results.Levels.IndexOf(level)];

    private static Table Tests(SweepResults results)
    {
        var table = Tables.Create(
            ("attack - set", Justify.Left), ("diff", Justify.Right), ("Welch p", Justify.Right), ("Holm", Justify.Right),
            ("g", Justify.Right), ("paired", Justify.Right), ("Holm", Justify.Right), ("claim", Justify.Left));
        foreach (var test in results.Comparisons)
        {
            table.AddRow(
                new Text($"{test.Attack} - {test.Against}"),
                Cell(test.Welch, welch => Format.Points(welch.Difference)),
                Cell(test.Welch, welch => Format.PValue(welch.PValue)),
                Cell(test.WelchHolm, Format.PValue),
                Cell(test.HedgesG, Format.Number),
                Cell(test.Paired, paired => Format.PValue(paired.PValue)),
                Cell(test.PairedHolm, Format.PValue),
                Claim(test.Verdict));
        }

        return table;
    }

    private static Table Attacks(SweepResults results)
    {
        var table = Tables.Create(
            ("attack", Justify.Left), ("attacked", Justify.Right), ("fooled", Justify.Right), ("success", Justify.Right),
            ("mean L2", Justify.Right), ("median L2", Justify.Right), ("max L2", Justify.Right), ("mean Linf", Justify.Right));
        foreach (var attack in results.Attacks)
        {
            table.AddRow(
                new Text(attack.Attack),
                new Text(Format.Count(attack.Attempted)),
                new Text(Format.Count(attack.Succeeded)),
                Cell(attack.SuccessRate, Format.Percent),
                Cell(attack.L2, norm => Format.Number(norm.MeanOfMeans)),
                Cell(attack.L2, norm => Format.Number(norm.MeanOfMedians)),
                Cell(attack.L2, norm => Format.Number(norm.Maximum)),
                Cell(attack.Linf, norm => Format.Number(norm.MeanOfMeans)));
        }

        return table;
    }

    /// <summary>A value, or a dash where there is none; the sentences below the tables say why.</summary>
    private static Text Cell<T>(Stated<T> stated, Func<T, string> format)
        where T : notnull => new(stated.HasValue ? format(stated.Value) : "-");

    private static Text Claim(Verdict verdict) => verdict switch
    {
        Verdict.Supported => new Text("supported", new Style(Color.Green)),
        Verdict.Contradicted => new Text("contradicted", new Style(Color.Red)),
        Verdict.NotShown => new Text("not shown"),
        _ => new Text("untestable"),
    };
}
