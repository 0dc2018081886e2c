using AdvFit.Analysis;
using Spectre.Console;

namespace AdvFit.Cli.Rendering;

/// <summary>Shows the tables of a CNN sweep's results.</summary>
internal static class CnnView
{
    public static void WriteTables(IAnsiConsole console, SweepResults results)
    {
        console.Section("Change of accuracy from M to the last epoch, in percentage points");
        console.Write(Gains(results));
        if (results.Comparisons.IsEmpty)
        {
            return;
        }

        console.Section("Attacks on the network of epoch M; norms of pixels in [0, 1]");
        console.Write(Attacks(results));
        console.Section("Does adversarial accuracy rise more? Tests of the differences in change");
        console.Write(TestTable.OfShares(results.Comparisons));
        console.Write(new Text(
            TestTable.Legend + "that accuracy on the attack's examples rises more than on the set.\n"));
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
                TestTable.Cell(attack.SuccessRate, Format.Percent),
                TestTable.Cell(attack.L2, norm => Format.Number(norm.MeanOfMeans)),
                TestTable.Cell(attack.L2, norm => Format.Number(norm.MeanOfMedians)),
                TestTable.Cell(attack.L2, norm => Format.Number(norm.Maximum)),
                TestTable.Cell(attack.Linf, norm => Format.Number(norm.MeanOfMeans)));
        }

        return table;
    }
}
