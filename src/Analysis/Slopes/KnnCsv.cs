using AdvFit.Analysis.Csv;
using AdvFit.Analysis.Findings;
using static AdvFit.Analysis.Csv.ResultsCsv;

namespace AdvFit.Analysis.Slopes;

/// <summary>The tables that k-NN sweeps have besides what all sweeps have.</summary>
internal static class KnnCsv
{
    internal static void Write(KnnResults knn, string directory)
    {
        Slopes(knn).WriteTo(directory, "slopes.csv");
        Summary(knn).WriteTo(directory, "slope-summary.csv");
        Tests(knn).WriteTo(directory, "slope-tests.csv");
        Filters(knn).WriteTo(directory, "filters.csv");
        PValues(knn).WriteTo(directory, "p-values.csv");
    }

    private static CsvTable Slopes(KnnResults knn)
    {
        var table = new CsvTable("shuffle", "subset", "j", "kind", "value", "reason");
        foreach (var shuffle in knn.Shuffles)
        {
            foreach (var subset in shuffle.Slopes)
            {
                foreach (var slope in subset.Slopes)
                {
                    table.Add(
                        shuffle.Shuffle, subset.Subset, slope.J, SentenceFormat.Name(slope.Kind), Field(slope.Value),
                        slope.Value.Reason);
                }
            }
        }

        return table;
    }

    private static CsvTable Summary(KnnResults knn)
    {
        var table = new CsvTable(
            "subset", "j", "by_construction", "finite", "infinite", "undefined", "mean", "lower", "upper", "reason");
        foreach (var slope in knn.Subsets)
        {
            var interval = slope.Values.HasValue ? slope.Values.Value.MeanInterval : null;
            table.Add(
                slope.Subset, slope.J, slope.ByConstruction ? 1 : 0, slope.Finite, slope.Infinite, slope.Undefined,
                Field(slope.Values.Select(values => values.Distribution.Mean)),
                interval is { HasValue: true } ? interval.Value.Lower : null,
                interval is { HasValue: true } ? interval.Value.Upper : null,
                slope.Values.Reason ?? interval?.Reason);
        }

        return table;
    }

    private static CsvTable Tests(KnnResults knn)
    {
        var table = new CsvTable(["j", .. TestColumns]);
        foreach (var comparison in knn.Comparisons)
        {
            table.Add([comparison.J, .. WelchFields(comparison.Test)]);
            table.Add([comparison.J, .. PairedFields(comparison.Test)]);
        }

        return table;
    }

    private static CsvTable Filters(KnnResults knn)
    {
        var table = new CsvTable("shuffle", "attack", "both_correct", "attempted", "fooled_network", "fooled_knn");
        foreach (var shuffle in knn.Shuffles)
        {
            foreach (var attack in shuffle.Attacks)
            {
                table.Add(
                    shuffle.Shuffle, attack.Attack, shuffle.Network.BothCorrect, attack.Attempted, attack.Succeeded,
                    attack.Transfer!.Kept);
            }
        }

        return table;
    }

    private static CsvTable PValues(KnnResults knn)
    {
        var table = new CsvTable("attack", "j", "p_welch", "p_paired", "reason");
        foreach (var point in knn.PValues.Points)
        {
            table.Add(
                point.Attack, point.J, Field(point.Welch), Field(point.Paired), point.Welch.Reason ?? point.Paired.Reason);
        }

        return table;
    }
}
