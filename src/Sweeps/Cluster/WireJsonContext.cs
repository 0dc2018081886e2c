using System.Text.Json;
using System.Text.Json.Serialization;
using AdvFit.Messages;
using AdvFit.Sweeps.Journal;

namespace AdvFit.Sweeps.Cluster;

/// <summary>JSON of the messages: strict in what it reads, as that of the journal.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(EventConverter), typeof(FactConverter), typeof(CommandConverter)])]
[JsonSerializable(typeof(SubmitSweep))]
[JsonSerializable(typeof(ControlSweep))]
[JsonSerializable(typeof(AdoptSweep))]
[JsonSerializable(typeof(AdoptShuffle))]
[JsonSerializable(typeof(ForgetSweep))]
[JsonSerializable(typeof(ForgetShuffle))]
[JsonSerializable(typeof(ShuffleDamaged))]
[JsonSerializable(typeof(QuarantinedSweep))]
[JsonSerializable(typeof(ForgettingBegun))]
[JsonSerializable(typeof(SweepForgotten))]
[JsonSerializable(typeof(BeginAttempt))]
[JsonSerializable(typeof(RunShuffle))]
[JsonSerializable(typeof(ReleaseAttempt))]
[JsonSerializable(typeof(RecordFact))]
[JsonSerializable(typeof(ReportStage))]
[JsonSerializable(typeof(NodeReport))]
[JsonSerializable(typeof(NodeOrders))]
[JsonSerializable(typeof(Done))]
[JsonSerializable(typeof(Refused))]
[JsonSerializable(typeof(SweepAccepted))]
[JsonSerializable(typeof(FactAccepted))]
[JsonSerializable(typeof(AttemptFenced))]
[JsonSerializable(typeof(ListSweeps))]
[JsonSerializable(typeof(SweepList))]
[JsonSerializable(typeof(LoadSweep))]
[JsonSerializable(typeof(LoadedSweep))]
[JsonSerializable(typeof(ListNodes))]
[JsonSerializable(typeof(RequestFoundingVote))]
[JsonSerializable(typeof(FoundingVote))]
[JsonSerializable(typeof(NodeList))]
[JsonSerializable(typeof(LoadResults))]
[JsonSerializable(typeof(ResultsPart))]
[JsonSerializable(typeof(SweepRegistered))]
[JsonSerializable(typeof(AdoptionBegun))]
[JsonSerializable(typeof(JournalSnapshot))]
[JsonSerializable(typeof(AnalysisSnapshot))]
[JsonSerializable(typeof(JournaledEvent))]
internal sealed partial class WireJsonContext : JsonSerializerContext;

/// <summary>Events as <c>{"type": .., "body": {..}}</c>, in the journal's own format.</summary>
internal sealed class EventConverter : JsonConverter<SweepEvent>
{
    /// <inheritdoc/>
    public override SweepEvent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        NamedBody.Read(ref reader, EventFormat.Read);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, SweepEvent value, JsonSerializerOptions options) =>
        NamedBody.Write(writer, EventFormat.Write(value));
}

/// <summary>Facts as the events that record them.</summary>
internal sealed class FactConverter : JsonConverter<ShuffleFact>
{
    /// <inheritdoc/>
    public override ShuffleFact Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        NamedBody.Read(ref reader, EventFormat.Read) is FactRecorded { Fact: var fact }
            ? fact
            : throw new JsonException("A fact is expected.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ShuffleFact value, JsonSerializerOptions options) =>
        NamedBody.Write(writer, EventFormat.Write(new FactRecorded(value)));
}

/// <summary>Commands that users give, in the format of requests.</summary>
internal sealed class CommandConverter : JsonConverter<SweepCommand>
{
    /// <inheritdoc/>
    public override SweepCommand Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        NamedBody.Read(ref reader, RequestFormat.Read);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, SweepCommand value, JsonSerializerOptions options) =>
        NamedBody.Write(writer, RequestFormat.Write(value));
}

/// <summary>A type's name and a body, as one JSON object.</summary>
internal static class NamedBody
{
    public static T Read<T>(ref Utf8JsonReader reader, Func<string, string, T> read)
    {
        using var json = JsonDocument.ParseValue(ref reader);
        if (json.RootElement.ValueKind != JsonValueKind.Object
            || !json.RootElement.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String
            || !json.RootElement.TryGetProperty("body", out var body) || json.RootElement.GetPropertyCount() != 2)
        {
            throw new JsonException("A type and a body are expected.");
        }

        try
        {
            return read(type.GetString()!, body.GetRawText());
        }
        catch (FormatException error)
        {
            throw new JsonException(error.Message, error);
        }
    }

    public static void Write(Utf8JsonWriter writer, (string Type, string Body) named)
    {
        writer.WriteStartObject();
        writer.WriteString("type", named.Type);
        writer.WritePropertyName("body");
        writer.WriteRawValue(named.Body, skipInputValidation: true);
        writer.WriteEndObject();
    }
}
