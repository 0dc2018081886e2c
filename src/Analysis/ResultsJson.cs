using System.Text.Encodings.Web;
using System.Text.Json;
using AdvFit.Analysis.Json;
using AdvFit.Analysis.Statistics;

namespace AdvFit.Analysis;

/// <summary>Writes results as JSON; docs/results.md describes every field.</summary>
public static class ResultsJson
{
    /// <summary>Grows when a field is renamed, removed or changes its meaning; new fields leave it.</summary>
    public const int SchemaVersion = 1;

    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        // For files and terminals, not for embedding in HTML: keeps apostrophes readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>
    /// UTF-8 with a final line feed. Equal results give equal bytes; numbers are in shortest round-trip form.
    /// </summary>
    public static byte[] Write(SweepResults results)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            Write(json, results);
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter json, SweepResults results)
    {
        json.WriteStartObject();
        json.WriteNumber("schemaVersion", SchemaVersion);
        json.WriteSpec("spec", results.Spec);
        json.WriteData("data", results.Data);
        json.WriteNumber("significanceLevel", ComparisonFamily.Alpha);
        json.WriteNumber("confidence", Interval.Confidence);
        WriteCoverage(json, results);
        json.WriteNumbers("levels", results.Levels);
        json.WriteList("shuffles", results.Shuffles, ObservationsJson.WriteShuffle);
        json.WriteList("subsets", results.Subsets, ObservationsJson.WriteSubset);
        json.WriteList("attacks", results.Attacks, ObservationsJson.WriteAttack);
        json.WriteList("comparisons", results.Comparisons, ComparisonJson.Write);
        if (results.Knn is { } knn)
        {
            json.WriteKnn("knn", knn);
        }

        json.WriteList("findings", results.Findings, WriteFinding);
        json.WriteEndObject();
    }

    private static void WriteCoverage(Utf8JsonWriter json, SweepResults results)
    {
        json.WriteStartObject("coverage");
        json.WriteNumber("planned", results.Spec.Shuffles);
        json.WriteNumbers("completed", [.. results.Shuffles.Select(shuffle => shuffle.Shuffle)]);
        json.WriteList("failed", results.Failed, static (json, failed) =>
        {
            json.WriteNumber("shuffle", failed.Shuffle);
            json.WriteString("cause", failed.Cause);
        });
        json.WriteNumbers("pending", results.Pending);
        json.WriteEndObject();
    }

    /// <summary>What the JSON calls a topic.</summary>
    public static string NameOf(FindingTopic topic) => SentenceFormat.Name(topic);

    private static void WriteFinding(Utf8JsonWriter json, Finding finding)
    {
        json.WriteString("topic", SentenceFormat.Name(finding.Topic));
        json.WriteString("text", finding.Text);
    }
}
