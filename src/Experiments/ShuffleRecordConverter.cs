using System.Text.Json;
using System.Text.Json.Serialization;

namespace AdvFit.Experiments;

/// <summary>
/// JSON of a shuffle record: a list of facts for each kind of stage, under the name that its definition gives, and the paths
/// of the freed files under <c>freed</c>.
/// </summary>
public sealed class ShuffleRecordConverter : JsonConverter<ShuffleRecord>
{
    private const string Freed = "freed";

    /// <inheritdoc/>
    public override ShuffleRecord Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var json = JsonElement.ParseValue(ref reader);
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("A shuffle record is an object.");
        }

        var known = StageCatalog.Facts.Select(stage => stage.RecordMember).Append(Freed);
        if (json.EnumerateObject().Select(member => member.Name).Except(known).FirstOrDefault() is { } unknown)
        {
            throw new JsonException($"A shuffle record has no member `{unknown}`.");
        }

        var record = ShuffleRecord.Empty;
        foreach (var stage in StageCatalog.Facts.Where(stage => stage.RecordMember is not null))
        {
            record = List(json, stage.RecordMember!).Aggregate(record, (all, fact) => all.With(
                (StageFact?)fact.Deserialize(stage.FactJson) ?? throw new JsonException("A fact is expected.")));
        }

        return json.TryGetProperty(Freed, out _)
            ? record.WithoutFiles(List(json, Freed).Select(path => path.ValueKind == JsonValueKind.String
                ? path.GetString()!
                : throw new JsonException("The path of a file is expected.")))
            : record;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ShuffleRecord value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var stage in StageCatalog.Facts.Where(stage => stage.RecordMember is not null))
        {
            writer.WriteStartArray(stage.RecordMember!);
            foreach (var fact in value.Facts.Where(fact => StageCatalog.Of(fact) == stage))
            {
                JsonSerializer.Serialize(writer, fact, stage.FactJson);
            }

            writer.WriteEndArray();
        }

        writer.WriteStartArray(Freed);
        foreach (var path in value.Freed)
        {
            writer.WriteStringValue(path);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static JsonElement.ArrayEnumerator List(JsonElement json, string member) =>
        json.TryGetProperty(member, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray()
            : throw new JsonException($"A shuffle record lacks the list `{member}`.");
}
