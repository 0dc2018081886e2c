using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using AdvFit.Messages;
using AdvFit.Messages.Fields;
using AdvFit.Messages.Json;

namespace AdvFit.Analysis.Json;

/// <summary>Writes the spec and the data of a sweep.</summary>
internal static class SpecJson
{
    /// <summary>The fields that a result can depend on, a classifier before its network.</summary>
    private static readonly ImmutableArray<RecordField> Fields =
    [
        .. RecordFields.Of<SweepSpec>()
            .Where(field => !field.IsRecord || SpecFields.InSection(field).Any(part => part.Change != SpecChange.NoResult))
            // Stable: what describes the data comes first, then the classifier.
            .OrderBy(field => field.Type == typeof(KnnSpec) ? 1 : field.Property is nameof(SweepSpec.Name) or nameof(SweepSpec.Dataset)
                or nameof(SweepSpec.Preprocess) or nameof(SweepSpec.TestSize) or nameof(SweepSpec.Subsample) ? 0 : 2),
    ];

    internal static void WriteSpec(this Utf8JsonWriter json, string name, SweepSpec spec)
    {
        var sorted = spec.Attacks.Select(
            attack => attack with { Parameters = attack.Parameters.WithComparers(StringComparer.Ordinal) });
        spec = spec with { Attacks = [.. sorted] };
        json.WriteStartObject(name);
        foreach (var field in Fields)
        {
            if (field.Of(spec) is not null || field.Attribute<JsonIgnoreAttribute>()?.Condition != JsonIgnoreCondition.WhenWritingNull)
            {
                json.WriteMember(JsonNamingPolicy.CamelCase.ConvertName(field.Property), field.Of(spec));
            }
        }

        json.WriteEndObject();
    }

    internal static void WriteData(this Utf8JsonWriter json, string name, DataProvenance data)
    {
        json.WriteStartObject(name);
        json.WriteString("name", data.Name);
        json.WriteNumber("train", data.Train);
        json.WriteNumber("test", data.Test);
        json.WriteString("sha256", data.Sha256);
        json.WriteStartArray("notes");
        foreach (string note in data.Notes)
        {
            json.WriteStringValue(note);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
