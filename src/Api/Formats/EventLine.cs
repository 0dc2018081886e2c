using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Journal;

namespace AdvFit.Api.Formats;

/// <summary>
/// An event as a line of JSON: <c>{"number", "at", "type", "body"}</c>, type and body as the journal has them. A fact in
/// brief, which no journal has, is a <c>stage-recorded</c>.
/// </summary>
public static class EventLine
{
    private const string Brief = "stage-recorded";
    private static readonly JsonWriterOptions Unchecked = new() { SkipValidation = true };

    private static readonly FrozenDictionary<string, Type> Facts =
        new[] { typeof(EpochTrained), typeof(NeighboursFound), typeof(AttackCrafted), typeof(ShuffleEvaluated), typeof(AttemptFailed) }
            .ToFrozenDictionary(EventFormat.NameOf);

    /// <summary>The type of facts that are written under a name; null where there are none.</summary>
    public static Type? FactOf(string name) => Facts.GetValueOrDefault(name);

    /// <summary>The name under which an event is written.</summary>
    public static string NameOf(SweepEvent sweepEvent) => sweepEvent switch
    {
        FactRecorded { Fact: StageRecorded } => Brief,
        FactRecorded recorded => EventFormat.NameOf(recorded.Fact.GetType()),
        _ => EventFormat.NameOf(sweepEvent.GetType()),
    };

    /// <summary>Writes an event, without an end of line.</summary>
    public static void Write(IBufferWriter<byte> output, JournalEntry entry)
    {
        var (type, body) = entry.Event is FactRecorded { Fact: StageRecorded stage }
            ? (Brief, JsonSerializer.Serialize(Of(stage), EventLineContext.Default.BriefStage))
            : EventFormat.Write(entry.Event);
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
            var body = content.Body.GetRawText();
            return new JournalEntry(
                content.Number, content.Number, DateTimeOffset.ParseExact(content.At, "O", CultureInfo.InvariantCulture),
                content.Type == Brief
                    ? new FactRecorded(Of(JsonSerializer.Deserialize(body, EventLineContext.Default.BriefStage)!))
                    : EventFormat.Read(content.Type, Encoding.UTF8.GetBytes(body)));
        }
        catch (JsonException error)
        {
            throw new FormatException($"it is no event ({error.Message})", error);
        }
    }

    private static BriefStage Of(StageRecorded fact) => new(
        fact.Shuffle, fact.Attempt, fact.Stage.Phase, fact.Stage.Step, fact.Stage.Item, fact.Cost);

    private static StageRecorded Of(BriefStage stage) => new(
        stage.Shuffle, stage.Attempt, new StageKey(stage.Phase, stage.Step, stage.Item), stage.Cost);
}

/// <summary>A line.</summary>
internal sealed record EventContent(long Number, string At, string Type, JsonElement Body);

/// <summary>The body of a fact in brief.</summary>
internal sealed record BriefStage(int Shuffle, int Attempt, string Phase, int Step, string Item, StageCost Cost);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(EventContent))]
[JsonSerializable(typeof(BriefStage))]
internal sealed partial class EventLineContext : JsonSerializerContext;
