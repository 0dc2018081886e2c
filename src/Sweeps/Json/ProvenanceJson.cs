using System.Text.Json;
using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Queries;
using AdvFit.Sweeps.Spec;

namespace AdvFit.Sweeps.Json;

/// <summary>How a sweep was made, as JSON; docs/cli.md describes the fields. Times are UTC, costs in seconds.</summary>
public static class ProvenanceJson
{
    private const int SchemaVersion = 1;

    /// <summary>The document in UTF-8.</summary>
    /// <param name="details">The sweep.</param>
    /// <param name="folder">Where its files are.</param>
    /// <param name="record">What is done of a shuffle, by its number.</param>
    public static byte[] Write(SweepDetails details, string folder, Func<int, ShuffleRecord> record) => IndentedJson.Write(json =>
    {
        var state = details.State;
        json.WriteStartObject();
        json.WriteNumber("schemaVersion", SchemaVersion);
        json.WriteString("id", details.Id);
        json.WriteString("name", state.Spec.Name);
        json.WriteString("state", details.Status.Word());
        json.WriteNumber("completed", state.Completed);
        json.WriteNumber("failed", state.Failed);
        json.WriteNumber("total", state.Shuffles.Count);
        json.WriteString("created", state.Created);
        json.WriteString("updated", state.Updated);
        json.WriteString("folder", folder);
        json.WritePropertyName("spec");
        json.WriteRawValue(SpecJson.Write(state.Spec));
        WriteData(json, state.Data);
        json.WriteNumber("interruptions", details.History.Interruptions);
        json.WriteList("sessions", details.History.Sessions, WriteSession);
        json.WriteList("stages", details.History.Stages, WriteStage);
        json.WriteList(
            "shuffles", state.Shuffles.Select((shuffle, i) => (i + 1, shuffle)),
            (shuffleJson, shuffle) => WriteShuffle(shuffleJson, shuffle, record(shuffle.Item1)));
        json.WriteEndObject();
    });

    private static void WriteData(Utf8JsonWriter json, DataProvenance data)
    {
        json.WriteStartObject("data");
        json.WriteString("name", data.Name);
        json.WriteNumber("train", data.Train);
        json.WriteNumber("test", data.Test);
        json.WriteString("sha256", data.Sha256);
        json.WriteStartArray("notes");
        foreach (var note in data.Notes)
        {
            json.WriteStringValue(note);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteSession(Utf8JsonWriter json, SessionHistory session)
    {
        json.WriteString("began", session.Began);
        json.WriteString("lastActive", session.LastActive);
        json.WriteString("ending", Word(session.Ending));
        json.WriteString("version", session.Provenance.Version);
        json.WriteString("commit", session.Provenance.Commit);
        json.WriteString("machine", session.Provenance.Machine);
        json.WriteString("system", session.Provenance.System);
        json.WriteString("processor", session.Provenance.Processor);
        json.WriteNumber("slots", session.Provenance.Slots);
    }

    private static void WriteStage(Utf8JsonWriter json, StageHistory stage)
    {
        json.WriteString("stage", stage.Stage);
        json.WriteNumber("count", stage.Count);
        json.WriteNumber("wallSeconds", stage.Cost.WallSeconds);
        json.WriteNumber("cpuSeconds", stage.Cost.CpuSeconds);
    }

    private static void WriteShuffle(Utf8JsonWriter json, (int Number, ShuffleState State) shuffle, ShuffleRecord record)
    {
        json.WriteNumber("shuffle", shuffle.Number);
        json.WriteString("state", shuffle.State.Status.Word());
        json.WriteNumber("attempts", shuffle.State.Attempt);
        json.WriteString("cause", shuffle.State.Cause);
        json.WriteNumber("epochs", record.Epochs.Length);
        json.WriteList("files", record.Files.Select(file => file.File), static (json, file) =>
        {
            json.WriteString("path", file.Path);
            json.WriteString("sha256", file.Sha256);
            json.WriteNumber("bytes", file.Bytes);
        });
    }

    private static string Word(Enum value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
