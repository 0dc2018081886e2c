using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using AdvFit.Sweeps.Journal;

namespace AdvFit.Api.Formats;

/// <summary>An event as a line of JSON: <c>{"number", "at", "type", "body"}</c>, type and body as journals have them.</summary>
public static class EventLine
{
    private static readonly JsonWriterOptions Unchecked = new() { SkipValidation = true };

    /// <summary>Writes an event, without an end of line.</summary>
    public static void Write(IBufferWriter<byte> output, JournalEntry entry)
    {
        var (type, body) = EventFormat.Write(entry.Event);
        using var json = new Utf8JsonWriter(output, Unchecked);
        json.WriteStartObject();
        json.WriteNumber("number", entry.Number);
        json.WriteString("at", entry.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        json.WriteString("type", type);
        json.WritePropertyName("body");
        json.WriteRawValue(body, skipInputValidation: true);
        json.WriteEndObject();
    }

    /// <summary>The event of a line.</summary>
    /// <exception cref="FormatException">It is none, or one that this version does not know. The message ends a sentence.</exception>
    public static JournalEntry Read(ReadOnlySpan<byte> line)
    {
        try
        {
            var content = JsonSerializer.Deserialize(line, EventLineContext.Default.EventContent)
                ?? throw new FormatException("it is empty");
            return new JournalEntry(
                content.Number, content.Number, DateTimeOffset.ParseExact(content.At, "O", CultureInfo.InvariantCulture),
                EventFormat.Read(content.Type, Encoding.UTF8.GetBytes(content.Body.GetRawText())));
        }
        catch (JsonException error)
        {
            throw new FormatException($"it is no event ({error.Message})", error);
        }
    }
}

/// <summary>A line.</summary>
internal sealed record EventContent(long Number, string At, string Type, JsonElement Body);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(EventContent))]
internal sealed partial class EventLineContext : JsonSerializerContext;
