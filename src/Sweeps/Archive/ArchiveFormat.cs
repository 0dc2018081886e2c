using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using AdvFit.Sweeps.Journal;

namespace AdvFit.Sweeps.Archive;

/// <summary>
/// A sweep as one file: a zip archive with <c>events.jsonl</c>, the journal's events as a line of JSON each; under
/// <c>files/</c> every artifact that they name and have not given up; and <c>archive.json</c>, which says what it is. Nothing
/// in it is compressed, weights and pixels hardly can be, and every time in it is the same: one sweep gives one archive.
/// </summary>
internal static class ArchiveFormat
{
    public const string Name = "advfit-sweep";
    public const int Version = 1;
    public const string HeaderEntry = "archive.json";
    public const string EventsEntry = "events.jsonl";
    public const string FilesFolder = "files/";

    /// <summary>The earliest time that a zip archive can tell.</summary>
    private static readonly DateTimeOffset EntryTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Begins an entry.</summary>
    public static Stream Create(ZipArchive archive, string name)
    {
        var entry = archive.CreateEntry(name, CompressionLevel.NoCompression);
        entry.LastWriteTime = EntryTime;
        return entry.Open();
    }

    /// <summary>An event as a line, without its end.</summary>
    public static string Write(TimedEvent timed)
    {
        var (type, body) = EventFormat.Write(timed.Event);
        using var content = JsonDocument.Parse(body);
        return JsonSerializer.Serialize(
            new ArchivedEvent(timed.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), type, content.RootElement),
            ArchiveJsonContext.Default.ArchivedEvent);
    }

    /// <summary>The event of a line.</summary>
    /// <exception cref="FormatException">It is none. The message ends a sentence.</exception>
    public static TimedEvent Read(string line)
    {
        try
        {
            var archived = JsonSerializer.Deserialize(line, ArchiveJsonContext.Default.ArchivedEvent)
                ?? throw new FormatException("it is empty");
            return new TimedEvent(
                DateTimeOffset.ParseExact(archived.At, "O", CultureInfo.InvariantCulture),
                EventFormat.Read(archived.Type, archived.Body.GetRawText()));
        }
        catch (JsonException error)
        {
            throw new FormatException($"it is no event ({error.Message})", error);
        }
    }
}

/// <summary>What an archive says of itself.</summary>
/// <param name="Format">Always <c>advfit-sweep</c>.</param>
/// <param name="Version">Version of the format.</param>
/// <param name="Sweep">The sweep's id.</param>
/// <param name="Events">Number of events.</param>
/// <param name="EventsSha256">Hash of <c>events.jsonl</c>, in lower-case hexadecimal.</param>
internal sealed record ArchiveHeader(string Format, int Version, string Sweep, int Events, string EventsSha256);

/// <summary>One event of an archive, as the journal has it.</summary>
internal sealed record ArchivedEvent(string At, string Type, JsonElement Body);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ArchiveHeader))]
[JsonSerializable(typeof(ArchivedEvent))]
internal sealed partial class ArchiveJsonContext : JsonSerializerContext;
