using System.Text;
using System.Text.Json;
using AdvFit.Analysis.Csv;
using AdvFit.Analysis.Json;
using AdvFit.Analysis.Tests.Slopes;
using AdvFit.Messages;
using FsCheck;
using FsCheck.Fluent;
using static AdvFit.Analysis.Tests.SweepBuilder;

namespace AdvFit.Analysis.Tests;

public sealed class Results_files : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("advfit-results-").FullName;

    private static readonly ShuffleOutcome[] Outcomes =
    [
        Outcome(1, 150, 10, ("fgsm", 100, 50), ("deep,\"fool\"", 1, 0)),
        Outcome(2, 154, 12, ("fgsm", 110, 66), ("deep,\"fool\"", 0, 0)),
        Outcome(3, 152, 9, ("fgsm", 120, 54), ("deep,\"fool\"", 7, 3)),
        PeakingLast(5, ("fgsm", 3), ("deep,\"fool\"", 2)),
    ];

    private static readonly FailedShuffle[] Failed = [new(6, "The loss is NaN."), new(4, "The loss is NaN.")];

    private static SweepResults KnnResults { get; } = SweepAnalysis.Analyze(
        KnnBuilder.Spec(2, "fgsm"), Data,
        [
            KnnBuilder.Outcome(1, (5, 10, 12), ("fgsm", 50, 10, 25, 40)),
            KnnBuilder.Outcome(2, (4, 9, 13), ("fgsm", 60, 0, 36, 41)),
        ],
        []);

    private static SweepResults Results => Analyze(Outcomes, Failed);

    [Fact]
    public void Json_bytes_do_not_depend_on_the_order_of_the_input()
    {
        byte[] expected = ResultsJson.Write(Results);
        Prop.ForAll(
            Gen.Shuffle(Outcomes).ToArbitrary(), Gen.Shuffle(Failed).ToArbitrary(),
            (outcomes, failed) => ResultsJson.Write(Analyze(outcomes, failed)).SequenceEqual(expected))
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Json_holds_what_identifies_the_sweep()
    {
        using var json = Parse(Results);
        var root = json.RootElement;
        root.GetProperty("schemaVersion").GetInt32().ShouldBe(1);
        root.GetProperty("spec").GetProperty("seed").GetUInt64().ShouldBe(ulong.MaxValue);
        root.GetProperty("spec").GetProperty("attacks")[0].GetProperty("parameters").GetProperty("epsilon").GetDouble()
            .ShouldBe(0.1);
        root.GetProperty("data").GetProperty("sha256").GetString().ShouldBe(Data.Sha256);
        root.GetProperty("data").GetProperty("notes")[0].GetString().ShouldBe(Data.Notes[0]);
        var coverage = root.GetProperty("coverage");
        coverage.GetProperty("completed").EnumerateArray().Select(n => n.GetInt32()).ShouldBe([1, 2, 3, 5]);
        coverage.GetProperty("failed")[0].GetProperty("shuffle").GetInt32().ShouldBe(4);
        coverage.GetProperty("pending").EnumerateArray().Select(n => n.GetInt32()).ShouldBe([7]);
    }

    [Fact]
    public void Json_numbers_read_back_to_the_last_bit()
    {
        var results = Results;
        using var json = Parse(results);
        var welch = json.RootElement.GetProperty("comparisons")[0].GetProperty("welch");
        welch.GetProperty("pValue").GetDouble().ShouldBe(results.Comparisons[0].Welch.Value.PValue);
        var accuracy = json.RootElement.GetProperty("shuffles")[2].GetProperty("curves")[3].GetProperty("accuracy");
        accuracy.EnumerateArray().Select(value => value.GetDouble())
            .ShouldBe(results.Shuffles[2].Curves[3].Accuracy.Value);
    }

    [Fact]
    public void What_is_not_defined_is_null_with_a_reason_in_Json()
    {
        using var json = Parse(Results);
        var empty = json.RootElement.GetProperty("shuffles")[1];
        var curve = empty.GetProperty("curves")[4];
        curve.GetProperty("accuracy").ValueKind.ShouldBe(JsonValueKind.Null);
        curve.GetProperty("accuracyReason").GetString().ShouldBe("the subset is empty");
        curve.GetProperty("delta").ValueKind.ShouldBe(JsonValueKind.Null);
        empty.GetProperty("attacks")[1].GetProperty("l2Reason").GetString().ShouldNotBeNullOrEmpty();

        var single = json.RootElement.GetProperty("shuffles")[0].GetProperty("attacks")[1].GetProperty("l2");
        single.GetProperty("standardDeviation").ValueKind.ShouldBe(JsonValueKind.Null);
        single.GetProperty("standardDeviationReason").GetString().ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Every_unfinished_sweep_can_be_written(int completed)
    {
        var results = Analyze(Outcomes[..completed], []);
        using var json = Parse(results);
        json.RootElement.GetProperty("coverage").GetProperty("completed").GetArrayLength().ShouldBe(completed);
        ResultsCsv.Write(results, folder);
        Rows("deltas.csv").Count.ShouldBe(1 + 5 * completed);
    }

    [Fact]
    public void The_page_on_results_names_every_field_and_column() => CheckPage(Results);

    [Fact]
    public void The_page_on_results_names_every_field_and_column_of_k_NN_sweeps() => CheckPage(KnnResults);

    [Fact]
    public void What_only_k_NN_sweeps_have_is_left_out_of_others()
    {
        using var json = Parse(Results);
        json.RootElement.TryGetProperty("knn", out _).ShouldBeFalse();
        json.RootElement.GetProperty("spec").TryGetProperty("knn", out _).ShouldBeFalse();
    }

    [Fact]
    public void Csv_of_k_NN_sweeps_has_a_row_for_every_slope_test_and_filter()
    {
        ResultsCsv.Write(KnnResults, folder);
        Rows("slopes.csv").ShouldContain(row => row.SequenceEqual(
            new[] { "2", "fgsm", "3", "infinite", "", "A_5 is 0, so S_3 is infinite" }));
        Rows("slopes.csv").Count.ShouldBe(1 + 2 * 4 * 3);
        Rows("slope-tests.csv").Count.ShouldBe(1 + 3 * 2);
        Rows("slope-summary.csv").Count.ShouldBe(1 + 4 * 3);
        Rows("filters.csv")[1].ShouldBe(["1", "fgsm", "150", "150", "100", "50"]);
        Rows("p-values.csv").Count.ShouldBe(1 + 3);
        Rows("p-values.csv")[1][2].ShouldBe(
            KnnResults.Knn!.Comparisons[0].Test.Welch.Value.PValue.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private void CheckPage(SweepResults results)
    {
        string page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "results.md"));
        using var json = Parse(results);
        string[] fields = [.. Names(json.RootElement).Distinct().Where(name => name is not ("epsilon" or "fgsm"))];
        fields.Length.ShouldBeGreaterThan(60);
        fields.Where(name => !name.EndsWith("Reason", StringComparison.Ordinal)
            && !page.Contains($"`{name}`") && !page.Contains($".{name}`")).ShouldBeEmpty();

        ResultsCsv.Write(results, folder);
        foreach (string file in Directory.GetFiles(folder))
        {
            page.ShouldContain($"`{Path.GetFileName(file)}`");
            Rows(Path.GetFileName(file))[0].Where(column => !page.Contains($"`{column}`")).ShouldBeEmpty(file);
        }
    }

    [Fact]
    public void Csv_holds_every_count_of_every_curve_and_quotes_what_needs_it()
    {
        ResultsCsv.Write(Results, folder);
        var rows = Rows("curves.csv");
        rows[0].ShouldBe(["shuffle", "level", "subset", "samples", "correct", "accuracy"]);
        rows.Count.ShouldBe(1 + 4 * 5 * 4);
        rows.ShouldContain(row => row.SequenceEqual(new[] { "1", "4", "fgsm", "100", "50", "0.5" }));
        rows.ShouldContain(row => row.SequenceEqual(new[] { "2", "1", "deep,\"fool\"", "0", "0", "" }));
        File.ReadAllText(Path.Combine(folder, "curves.csv")).ShouldContain("\"deep,\"\"fool\"\"\"");
    }

    [Fact]
    public void Csv_rows_end_in_CRLF_and_have_a_field_per_column()
    {
        ResultsCsv.Write(Results, folder);
        string[] files = [.. Directory.GetFiles(folder).Select(file => Path.GetFileName(file)).Order()];
        files.ShouldBe(
        [
            "attacks.csv", "curves.csv", "deltas.csv", "mean-curves.csv", "norm-summary.csv", "norms.csv", "tests.csv",
        ], ignoreOrder: true);
        foreach (string file in files)
        {
            File.ReadAllText(Path.Combine(folder, file)).ShouldEndWith("\r\n");
            var rows = Rows(file);
            rows.Select(row => row.Length).Distinct().ShouldHaveSingleItem();
        }
    }

    [Fact]
    public void Csv_tests_hold_Welch_and_paired_side_by_side()
    {
        var results = Results;
        ResultsCsv.Write(results, folder);
        var rows = Rows("tests.csv");
        int p = Array.IndexOf(rows[0], "p");
        rows[1][..3].ShouldBe(["fgsm", "test", "welch"]);
        double.Parse(rows[1][p]).ShouldBe(results.Comparisons[0].Welch.Value.PValue);
        rows[2][..3].ShouldBe(["fgsm", "test", "paired"]);
        double.Parse(rows[2][p]).ShouldBe(results.Comparisons[0].Paired.Value.PValue);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static SweepResults Analyze(ShuffleOutcome[] outcomes, FailedShuffle[] failed) =>
        SweepAnalysis.Analyze(Spec(7, "fgsm", "deep,\"fool\""), Data, outcomes, failed);

    private static JsonDocument Parse(SweepResults results) => JsonDocument.Parse(ResultsJson.Write(results));

    private static IEnumerable<string> Names(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject()
            .SelectMany(member => Names(member.Value).Prepend(member.Name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Names),
        _ => [],
    };

    /// <summary>Reads RFC 4180 by its grammar.</summary>
    private List<string[]> Rows(string file)
    {
        string text = File.ReadAllText(Path.Combine(folder, file));
        var rows = new List<string[]>();
        var row = new List<string>();
        var field = new StringBuilder();
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (quoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"')
            {
                field.Append('"');
                i++;
            }
            else if (c == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && c is ',' or '\n')
            {
                row.Add(field.ToString().TrimEnd('\r'));
                field.Clear();
                if (c == '\n')
                {
                    rows.Add([.. row]);
                    row.Clear();
                }
            }
            else
            {
                field.Append(c);
            }
        }

        quoted.ShouldBeFalse();
        return rows;
    }
}
