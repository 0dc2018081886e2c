using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AdvFit.Experiments;
using AdvFit.Messages;

namespace AdvFit.Sweeps.Journal;

/// <summary>
/// How events are written: a type name with its version, and a JSON body. A fact's event has the fact's own name and body.
/// A name once used keeps its meaning for ever; a changed body gets the next version beside the old one.
/// </summary>
internal static class EventFormat
{
    private static readonly ImmutableArray<(string Name, JsonTypeInfo Info)> Manifest =
    [
        ("sweep-planned.1", EventJsonContext.Default.SweepPlanned),
        ("sweep-extended.1", EventJsonContext.Default.SweepExtended),
        ("sweep-finished.1", EventJsonContext.Default.SweepFinished),
        ("session-started.1", EventJsonContext.Default.SessionStarted),
        ("session-stopped.1", EventJsonContext.Default.SessionStopped),
        ("shuffle-assigned.1", EventJsonContext.Default.ShuffleAssigned),
        .. StageCatalog.Facts.Select(stage => (stage.FactName, stage.FactJson)),
        ("attempt-failed.1", EventJsonContext.Default.AttemptFailed),
        ("shuffle-released.1", EventJsonContext.Default.ShuffleReleased),
        ("shuffle-reopened.1", EventJsonContext.Default.ShuffleReopened),
        ("files-freed.1", EventJsonContext.Default.FilesFreed),
        ("sweep-paused.1", EventJsonContext.Default.SweepPaused),
        ("sweep-resumed.1", EventJsonContext.Default.SweepResumed),
        ("sweep-cancelled.1", EventJsonContext.Default.SweepCancelled),
        ("stage-recorded.1", EventJsonContext.Default.StageCompletion),
    ];

    private static readonly Dictionary<string, JsonTypeInfo> ByName =
        Manifest.ToDictionary(entry => entry.Name, entry => entry.Info);

    private static readonly Dictionary<Type, (string Name, JsonTypeInfo Info)> ByType =
        Manifest.ToDictionary(entry => entry.Info.Type);

    /// <summary>The type of facts with results that are written under a name; null where there are none.</summary>
    public static Type? FactOf(string name) => ByName.GetValueOrDefault(name)?.Type is { } type
        && type.IsSubclassOf(typeof(ShuffleFact)) && type != typeof(StageCompletion) ? type : null;

    /// <summary>The names of all events that there are.</summary>
    public static IEnumerable<string> Names => ByName.Keys;

    /// <summary>The name under which facts or events of a type are written.</summary>
    public static string NameOf(Type type) => ByType[type].Name;

    /// <summary>The name under which an event is written.</summary>
    public static string TypeOf(SweepEvent sweepEvent) => NameOf(Content(sweepEvent).GetType());

    /// <summary>An event as a name and a body.</summary>
    public static (string Type, string Body) Write(SweepEvent sweepEvent)
    {
        var content = Content(sweepEvent);
        var (name, info) = ByType[content.GetType()];
        return (name, JsonSerializer.Serialize(content, info));
    }

    /// <summary>The event of a name and a body.</summary>
    /// <exception cref="FormatException">This version does not know such events. The message ends a sentence.</exception>
    public static SweepEvent Read(string type, string body) => Read(type, Encoding.UTF8.GetBytes(body));

    /// <summary>The event of a name and a body in UTF-8.</summary>
    /// <exception cref="FormatException">This version does not know such events. The message ends a sentence.</exception>
    public static SweepEvent Read(string type, ReadOnlySpan<byte> body)
    {
        if (!ByName.TryGetValue(type, out var info))
        {
            throw new FormatException($"its type `{type}` is unknown to this version of AdvFit; use a newer one");
        }

        try
        {
            return JsonSerializer.Deserialize(body, info) switch
            {
                ShuffleFact fact => new FactRecorded(fact),
                SweepEvent sweepEvent => sweepEvent,
                _ => throw new FormatException($"its body is no `{type}`"),
            };
        }
        catch (JsonException error)
        {
            throw new FormatException($"its body is no `{type}` ({error.Message})", error);
        }
    }

    private static object Content(SweepEvent sweepEvent) => sweepEvent is FactRecorded recorded ? recorded.Fact : sweepEvent;
}
