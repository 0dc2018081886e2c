using AdvFit.Experiments;
using AdvFit.Messages.Json;
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
        json.WriteMember("data", state.Data);
        json.WriteNumber("interruptions", details.History.Interruptions);
        json.WriteMember("sessions", details.History.Sessions.Select(Session));
        json.WriteMember("stages", details.History.Stages.Select(Stage));
        json.WriteMember("shuffles", state.Shuffles.Select((shuffle, i) => Shuffle(i + 1, shuffle, record(i + 1))));
    });

    private static object Session(SessionHistory session) => new
    {
        session.Began, session.LastActive, session.Ending, session.Provenance.Version, session.Provenance.Commit,
        session.Provenance.Machine, session.Provenance.System, session.Provenance.Processor, session.Provenance.Slots,
    };

    private static object Stage(StageHistory stage) => new
    {
        stage.Stage, stage.Count, stage.Cost.WallSeconds, stage.Cost.CpuSeconds,
    };

    private static object Shuffle(int number, ShuffleState shuffle, ShuffleRecord record) => new
    {
        Shuffle = number, State = shuffle.Status.Word(), Attempts = shuffle.Attempt, shuffle.Cause,
        Epochs = record.Of<EpochTrained>().Length, Files = record.Files.Select(file => file.File),
    };
}
