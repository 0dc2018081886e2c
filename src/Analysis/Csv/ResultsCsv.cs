using AdvFit.Analysis.Comparisons;
using AdvFit.Analysis.Findings;
using AdvFit.Analysis.Slopes;
using AdvFit.Messages;

namespace AdvFit.Analysis.Csv;

/// <summary>Writes results as CSV tables; docs/results.md describes every column.</summary>
public static class ResultsCsv
{
    internal static readonly string[] TestColumns =
    [
        "attack", "against", "test", "difference", "lower", "upper", "statistic", "degrees_of_freedom", "p", "p_holm",
        "effect_size", "effect", "reason", "verdict",
    ];

    /// <summary>
    /// Writes curves.csv, mean-curves.csv, deltas.csv, tests.csv, attacks.csv, norms.csv and norm-summary.csv, and of
    /// k-NN sweeps slopes.csv, slope-summary.csv, slope-tests.csv, filters.csv and p-values.csv, replacing
    /// those that are there. A value that is not defined is an empty field, which the row's reason or counts explain.
    /// </summary>
    /// <param name="directory">Created if missing.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder must not be written.</exception>
    public static void Write(SweepResults results, string directory)
    {
        Directory.CreateDirectory(directory);
        Curves(results).WriteTo(directory, "curves.csv");
        MeanCurves(results).WriteTo(directory, "mean-curves.csv");
        Deltas(results).WriteTo(directory, "deltas.csv");
        Tests(results).WriteTo(directory, "tests.csv");
        Attacks(results).WriteTo(directory, "attacks.csv");
        Norms(results).WriteTo(directory, "norms.csv");
        NormSummaries(results).WriteTo(directory, "norm-summary.csv");
        if (results.Knn is { } knn)
        {
            KnnCsv.Write(knn, directory);
        }
    }

    private static CsvTable Curves(SweepResults results)
    {
        var table = new CsvTable("shuffle", "level", "subset", "samples", "correct", "accuracy");
        foreach (var shuffle in results.Shuffles)
        {
            foreach (var curve in shuffle.Curves)
            {
                for (int i = 0; i < results.Levels.Length; i++)
                {
                    table.Add(
                        shuffle.Shuffle, results.Levels[i], curve.Subset, curve.Samples, curve.Correct[i],
                        curve.Accuracy.HasValue ? curve.Accuracy.Value[i] : null);
                }
            }
        }

        return table;
    }

    private static CsvTable MeanCurves(SweepResults results)
    {
        var table = new CsvTable("level", "subset", "shuffles", "mean", "lower", "upper", "reason");
        foreach (var subset in results.Subsets)
        {
            foreach (var point in subset.MeanCurve)
            {
                table.Add(
                    point.Level, subset.Subset, point.Shuffles, Field(point.Mean),
                    Field(point.Interval.Select(interval => interval.Lower)),
                    Field(point.Interval.Select(interval => interval.Upper)),
                    point.Mean.Reason ?? point.Interval.Reason);
            }
        }

        return table;
    }

    private static CsvTable Deltas(SweepResults results)
    {
        var table = new CsvTable("shuffle", "reference_level", "last_level", "subset", "delta", "reason", "note");
        foreach (var shuffle in results.Shuffles)
        {
            foreach (var curve in shuffle.Curves)
            {
                table.Add(
                    shuffle.Shuffle, shuffle.ReferenceLevel, shuffle.LastLevel, curve.Subset, Field(curve.Delta),
                    curve.Delta.Reason, shuffle.Note);
            }
        }

        return table;
    }

    private static CsvTable Tests(SweepResults results)
    {
        var table = new CsvTable(TestColumns);
        foreach (var comparison in results.Comparisons)
        {
            table.Add(WelchFields(comparison));
            table.Add(PairedFields(comparison));
        }

        return table;
    }

    internal static object?[] WelchFields(Comparison comparison)
    {
        var welch = comparison.Welch;
        return
        [
            comparison.Attack, comparison.Against, "welch",
            Field(welch.Select(test => test.Difference)),
            Field(welch.Select(test => test.DifferenceInterval.Lower)),
            Field(welch.Select(test => test.DifferenceInterval.Upper)),
            Field(welch.Select(test => test.Statistic)), Field(welch.Select(test => test.DegreesOfFreedom)),
            Field(welch.Select(test => test.PValue)), Field(comparison.WelchHolm),
            "hedges_g", Field(comparison.HedgesG), welch.Reason ?? comparison.HedgesG.Reason,
            SentenceFormat.Name(comparison.Verdict),
        ];
    }

    internal static object?[] PairedFields(Comparison comparison)
    {
        var paired = comparison.Paired;
        return
        [
            comparison.Attack, comparison.Against, "paired",
            Field(paired.Select(test => test.MeanDifference)),
            Field(paired.Select(test => test.DifferenceInterval.Lower)),
            Field(paired.Select(test => test.DifferenceInterval.Upper)),
            Field(paired.Select(test => test.Statistic)), Field(paired.Select(test => test.DegreesOfFreedom)),
            Field(paired.Select(test => test.PValue)), Field(comparison.PairedHolm),
            "cohens_dz", Field(comparison.CohensDz), paired.Reason ?? comparison.CohensDz.Reason, null,
        ];
    }

    private static CsvTable Attacks(SweepResults results)
    {
        var table = new CsvTable("shuffle", "attack", "attempted", "succeeded", "queries", "gradients");
        foreach (var shuffle in results.Shuffles)
        {
            foreach (var attack in shuffle.Attacks)
            {
                table.Add(
                    shuffle.Shuffle, attack.Attack, attack.Attempted, attack.Succeeded, attack.Queries,
                    attack.Gradients);
            }
        }

        return table;
    }

    private static CsvTable Norms(SweepResults results)
    {
        var table = new CsvTable(
            "shuffle", "attack", "norm", "count", "mean", "standard_deviation", "minimum", "lower_quartile", "median",
            "upper_quartile", "maximum");
        foreach (var shuffle in results.Shuffles)
        {
            foreach (var attack in shuffle.Attacks)
            {
                AddNorms(table, shuffle.Shuffle, attack.Attack, "l2", attack.L2);
                AddNorms(table, shuffle.Shuffle, attack.Attack, "linf", attack.Linf);
            }
        }

        return table;
    }

    private static void AddNorms(CsvTable table, int shuffle, string attack, string norm, Distribution norms)
    {
        object?[] values = norms.Count == 0
            ? new object?[7]
            :
            [
                norms.Mean, norms.Count < 2 ? null : norms.StandardDeviation, norms.Minimum, norms.LowerQuartile,
                norms.Median, norms.UpperQuartile, norms.Maximum,
            ];
        table.Add([shuffle, attack, norm, norms.Count, .. values]);
    }

    private static CsvTable NormSummaries(SweepResults results)
    {
        var table = new CsvTable(
            "attack", "norm", "shuffles", "samples", "mean_of_means", "mean_of_medians", "minimum", "maximum",
            "pooled_mean", "pooled_standard_deviation", "reason");
        foreach (var attack in results.Attacks)
        {
            AddSummary(table, attack.Attack, "l2", attack.L2);
            AddSummary(table, attack.Attack, "linf", attack.Linf);
        }

        return table;
    }

    private static void AddSummary(CsvTable table, string attack, string norm, ValueOrReason<NormSummary> stated)
    {
        if (!stated.HasValue)
        {
            table.Add(attack, norm, 0, 0, null, null, null, null, null, null, stated.Reason);
            return;
        }

        var norms = stated.Value;
        table.Add(
            attack, norm, norms.Shuffles, norms.Samples, norms.MeanOfMeans, norms.MeanOfMedians, norms.Minimum,
            norms.Maximum, norms.PooledMean, Field(norms.PooledStandardDeviation),
            norms.PooledStandardDeviation.Reason);
    }

    internal static object? Field<T>(ValueOrReason<T> stated) where T : notnull => stated.HasValue ? stated.Value : null;
}
