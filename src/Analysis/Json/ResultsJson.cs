using System.Collections.Immutable;
using AdvFit.Analysis.Comparisons;
using AdvFit.Analysis.Findings;
using AdvFit.Analysis.Statistics;
using AdvFit.Messages.Json;

namespace AdvFit.Analysis.Json;

/// <summary>Writes results as JSON; docs/results.md describes every field.</summary>
public static class ResultsJson
{
    /// <summary>Grows when a field is renamed, removed or changes its meaning; new fields leave it.</summary>
    public const int SchemaVersion = 1;

    /// <summary>
    /// UTF-8 with a final line feed. Equal results give equal bytes; numbers are in shortest round-trip form.
    /// </summary>
    public static byte[] Write(SweepResults results) => IndentedJson.Write(json =>
    {
        json.WriteNumber("schemaVersion", SchemaVersion);
        json.WriteSpec("spec", results.Spec);
        json.WriteData("data", results.Data);
        json.WriteNumber("significanceLevel", ComparisonFamily.Alpha);
        json.WriteNumber("confidence", Interval.Confidence);
        json.WriteMember("coverage", new
        {
            Planned = results.Spec.Shuffles,
            Completed = results.Shuffles.Select(shuffle => shuffle.Shuffle).ToImmutableArray(),
            results.Failed,
            results.Pending,
        });
        json.WriteMember("levels", results.Levels);
        json.WriteMember("shuffles", results.Shuffles.Select(ObservationsJson.Shuffle));
        json.WriteMember("subsets", results.Subsets.Select(ObservationsJson.Subset));
        json.WriteMember("attacks", results.Attacks);
        json.WriteMember("comparisons", results.Comparisons.Select(ComparisonJson.Of));
        if (results.Knn is { } knn)
        {
            json.WriteMember("knn", KnnJson.Of(knn));
        }

        json.WriteMember("findings", results.Findings);
    });

    /// <summary>What the JSON calls a topic.</summary>
    public static string NameOf(FindingTopic topic) => SentenceFormat.Name(topic);
}
