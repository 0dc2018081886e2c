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
        using var json = JsonDocument.ParseValue(ref reader);
        var record = ShuffleRecord.Empty;
        foreach (var member in json.RootElement.EnumerateObject())
        {
            if (member.NameEquals(Freed))
            {
                continue;
            }

            var stage = StageCatalog.Facts.FirstOrDefault(stage => stage.RecordMember == member.Name)
                ?? throw new JsonException($"A shuffle record has no member `{member.Name}`.");
            record = member.Value.EnumerateArray()
                .Aggregate(record, (all, fact) => all.With(
                    (StageFact?)fact.Deserialize(stage.FactJson) ?? throw new JsonException("A fact is expected.")));
        }

        return json.RootElement.TryGetProperty(Freed, out var freed)
            ? record.WithoutFiles(freed.EnumerateArray().Select(path => path.GetString()!))
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
}
