using System.Globalization;
using AdvFit.Analysis;
using AdvFit.Analysis.Slopes;
using Spectre.Console;

namespace AdvFit.Cli.Rendering;

/// <summary>Shows the tables of a k-NN sweep's results.</summary>
internal static class KnnView
{
    /// <summary>Most levels shown, the last ones, so that a large Z fits 80 columns.</summary>
    private const int MostLevels = 4;

    public static void WriteTables(IAnsiConsole console, SweepResults results, KnnResults knn)
    {
        console.Section("Accuracy at K neighbours, mean over shuffles");
        console.Write(Accuracies(results));
        if (knn.Filters.IsEmpty)
        {
            return;
        }

        console.Section("Samples that each step left, over all shuffles; norms of pixels in [0, 1]");
        console.Write(new Text(Funnel(results, knn.Filters[0])));
        console.Write(Filters(knn));
        console.Section("Slopes S_j = A_j/A_(j+2), mean over shuffles");
        console.Write(Slopes(results, knn));
        console.Section("Does adversarial accuracy rise faster than fail's? Tests of the differences in slope");
        console.Write(TestTable.Of(
            "slope, attack", Testable(results, knn).OrderByDescending(slope => slope.J).Select(
                slope => ($"S_{slope.J} {slope.Test.Attack}", slope.Test)), Format.RatioChange));
        console.Write(new Text(
            TestTable.Legend + "that the slope is larger on the attack's examples than on the fail set. The lines of "
            + "the paper's Fig. 9 are at Welch p = 0.05 and 0.01.\n"));
        console.Section("Does it rise more, from Z to 1? Tests of the differences in points");
        console.Write(TestTable.OfShares(results.Comparisons));
    }

    /// <summary>The comparisons of slopes that are not infinite by construction.</summary>
    public static IEnumerable<SlopeComparison> Testable(SweepResults results, KnnResults knn) =>
        knn.Comparisons.Where(slope => slope.J + 2 < results.Spec.Knn!.Z);

    private static Table Accuracies(SweepResults results)
    {
        int[] places = [0, .. Enumerable.Range(1, results.Levels.Length - 1).TakeLast(MostLevels - 1)];
        var table = Tables.Create(
        [
            ("subset", Justify.Left), ("shuffles", Justify.Right), ("samples", Justify.Right),
            .. places.Select(place => ($"K = {results.Levels[place]}", Justify.Right)), ("change", Justify.Right),
        ]);
        foreach (var subset in results.Subsets)
        {
            SubsetCurve[] curves =
                [.. results.Shuffles.Select(shuffle => shuffle.Curve(subset.Subset)).Where(curve => curve.Samples > 0)];
            table.AddRow(
            [
                new Text(subset.Subset),
                new Text(Format.Count(curves.Length)),
                new Text(curves.Length == 0 ? "0" : Format.Count((long)Math.Round(curves.Average(curve => curve.Samples)))),
                .. places.Select(place => TestTable.Cell(subset.MeanCurve[place].Mean, Format.Percent)),
                TestTable.Cell(subset.Deltas, deltas => Format.Points(deltas.Distribution.Mean)),
            ]);
        }

        return table;
    }

    private static string Funnel(SweepResults results, AttackFilter filter)
    {
        int[] epochs = [.. results.Knn!.Shuffles.Select(shuffle => shuffle.Network.Epoch)];
        return $"Of {Format.Count(filter.TestSamples)} test samples, {results.Spec.Knn!.Z}-NN gets "
            + $"{Format.Count(filter.KnnCorrect)} right, and the network of epoch {Format.Range(epochs.Min(), epochs.Max())} "
            + $"{Format.Count(filter.BothCorrect)} of these, which can be attacked.\n";
    }

    private static Table Filters(KnnResults knn)
    {
        var table = Tables.Create(
            ("attack", Justify.Left), ("attacked", Justify.Right), ("fool network", Justify.Right),
            ("fool Z-NN too", Justify.Right), ("share", Justify.Right), ("mean L2", Justify.Right),
            ("mean Linf", Justify.Right));
        foreach (var filter in knn.Filters)
        {
            table.AddRow(
                new Text(filter.Attack),
                new Text(Format.Count(filter.Attempted)),
                new Text(Format.Count(filter.FooledNetwork)),
                new Text(Format.Count(filter.FooledKnn)),
                TestTable.Cell(filter.KeptShare, Format.Percent),
                TestTable.Cell(filter.L2, norm => Format.Number(norm.MeanOfMeans)),
                TestTable.Cell(filter.Linf, norm => Format.Number(norm.MeanOfMeans)));
        }

        return table;
    }

    private static Table Slopes(SweepResults results, KnnResults knn)
    {
        int[] slopes = [.. knn.Subsets.Select(slope => slope.J).Distinct().Order().Take(MostLevels - 1).Reverse()];
        var table = Tables.Create(
            [("subset", Justify.Left), .. slopes.Select(j => ($"S_{j}", Justify.Right))]);
        foreach (var subset in results.Subsets)
        {
            table.Add(
            [
                subset.Subset,
                .. slopes.Select(j => Show(knn.Subsets.Single(slope => slope.Subset == subset.Subset && slope.J == j))),
            ]);
        }

        return table;
    }

    private static string Show(SlopeSummary slope) => slope switch
    {
        { ByConstruction: true } => "infinite",
        { Infinite: > 0 } => string.Create(
            CultureInfo.InvariantCulture,
            $"infinite in {slope.Infinite} of {slope.Finite + slope.Infinite + slope.Undefined}"),
        { Values.HasValue: true } => Format.Ratio(slope.Values.Value.Distribution.Mean),
        _ => "-",
    };
}
