using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AdvFit.Sweeps.Journal;

namespace AdvFit.Sweeps.Cluster;

/// <summary>
/// How messages and persisted events are written: a manifest, which is a name with a version, and JSON in UTF-8. A name once
/// used keeps its meaning for ever, for journals and older processes have it; a changed body gets the next version beside
/// the old one. A persisted event's manifest begins with <c>event:</c>.
/// </summary>
public static class WireFormat
{
    /// <summary>Longest body that is written or read, in bytes; the transport's frames are a little longer.</summary>
    public const int MaximumBytes = 4 * 1024 * 1024;

    /// <summary>Longest snapshot, in bytes: it goes to the database, and never from process to process.</summary>
    private const int MaximumSnapshotBytes = 512 * 1024 * 1024;

    private const string EventPrefix = "event:";

    private static readonly ImmutableArray<(string Name, JsonTypeInfo Info)> Manifest =
    [
        ("submit-sweep.1", WireJsonContext.Default.SubmitSweep),
        ("control-sweep.1", WireJsonContext.Default.ControlSweep),
        ("adopt-sweep.1", WireJsonContext.Default.AdoptSweep),
        ("adopt-shuffle.1", WireJsonContext.Default.AdoptShuffle),
        ("forget-sweep.1", WireJsonContext.Default.ForgetSweep),
        ("forget-shuffle.1", WireJsonContext.Default.ForgetShuffle),
        ("begin-attempt.1", WireJsonContext.Default.BeginAttempt),
        ("run-shuffle.1", WireJsonContext.Default.RunShuffle),
        ("release-attempt.1", WireJsonContext.Default.ReleaseAttempt),
        ("record-fact.1", WireJsonContext.Default.RecordFact),
        ("report-stage.1", WireJsonContext.Default.ReportStage),
        ("shuffle-damaged.1", WireJsonContext.Default.ShuffleDamaged),
        ("node-report.1", WireJsonContext.Default.NodeReport),
        ("node-orders.1", WireJsonContext.Default.NodeOrders),
        ("done.1", WireJsonContext.Default.Done),
        ("refused.1", WireJsonContext.Default.Refused),
        ("sweep-accepted.1", WireJsonContext.Default.SweepAccepted),
        ("fact-accepted.1", WireJsonContext.Default.FactAccepted),
        ("attempt-fenced.1", WireJsonContext.Default.AttemptFenced),
        ("list-sweeps.1", WireJsonContext.Default.ListSweeps),
        ("sweep-list.1", WireJsonContext.Default.SweepList),
        ("load-sweep.1", WireJsonContext.Default.LoadSweep),
        ("sweep-stands.1", WireJsonContext.Default.LoadedSweep),
        ("quarantined-sweep.1", WireJsonContext.Default.QuarantinedSweep),
        ("list-nodes.1", WireJsonContext.Default.ListNodes),
        ("node-list.1", WireJsonContext.Default.NodeList),
        ("load-results.1", WireJsonContext.Default.LoadResults),
        ("results-part.1", WireJsonContext.Default.ResultsPart),
        ("request-founding-vote.1", WireJsonContext.Default.RequestFoundingVote),
        ("founding-vote.1", WireJsonContext.Default.FoundingVote),
        ("sweep-registered.1", WireJsonContext.Default.SweepRegistered),
        ("adoption-begun.1", WireJsonContext.Default.AdoptionBegun),
        ("forgetting-begun.1", WireJsonContext.Default.ForgettingBegun),
        ("sweep-forgotten.1", WireJsonContext.Default.SweepForgotten),
        ("sweep-snapshot.1", WireJsonContext.Default.JournalSnapshot),
        ("analysis-snapshot.1", WireJsonContext.Default.AnalysisSnapshot),
    ];

    private static readonly Dictionary<string, JsonTypeInfo> ByName =
        Manifest.ToDictionary(entry => entry.Name, entry => entry.Info, StringComparer.Ordinal);

    private static readonly Dictionary<Type, (string Name, JsonTypeInfo Info)> ByType =
        Manifest.ToDictionary(entry => entry.Info.Type);

    /// <summary>The types that can be written, besides <see cref="JournaledEvent"/>.</summary>
    public static IEnumerable<Type> Types => ByType.Keys;

    /// <summary>Whether a manifest is that of an event of a sweep or shuffle, which is persisted and never sent.</summary>
    public static bool IsOfEvent(string manifest) => manifest.StartsWith(EventPrefix, StringComparison.Ordinal);

    /// <summary>The manifest of a message or event.</summary>
    /// <exception cref="FormatException">It is of no type that is ever written.</exception>
    public static string ManifestOf(object message) => message is JournaledEvent journaled
        ? EventPrefix + EventFormat.TypeOf(journaled.Event)
        : ByType.TryGetValue(message.GetType(), out var known)
            ? known.Name
            : throw new FormatException($"{message.GetType()} is no message of the cluster.");

    /// <summary>A message or event in UTF-8.</summary>
    /// <exception cref="FormatException">It is of no type that is ever written, or too long.</exception>
    public static byte[] Write(object message)
    {
        var manifest = ManifestOf(message);
        var body = JsonSerializer.SerializeToUtf8Bytes(message, InfoOf(manifest)!);
        CheckLength(manifest, body.Length);
        return body;
    }

    /// <summary>The message or event of a manifest and a body.</summary>
    /// <exception cref="FormatException">The manifest is unknown, or the body too long or not what the manifest says.</exception>
    public static object Read(string manifest, ReadOnlySpan<byte> body)
    {
        CheckLength(manifest, body.Length);
        var info = InfoOf(manifest)
            ?? throw new FormatException($"The manifest `{manifest}` is unknown to this version of AdvFit; use a newer one.");
        try
        {
            var message = JsonSerializer.Deserialize(body, info)
                ?? throw new FormatException($"The body of a {manifest} is empty.");
            return ManifestOf(message) == manifest
                ? message
                : throw new FormatException($"The body of a {manifest} is a {ManifestOf(message)}.");
        }
        catch (JsonException error)
        {
            throw new FormatException($"The body is no `{manifest}` ({error.Message})", error);
        }
    }

    private static void CheckLength(string manifest, int bytes)
    {
        var maximum = manifest is "sweep-snapshot.1" or "analysis-snapshot.1" ? MaximumSnapshotBytes : MaximumBytes;
        if (bytes > maximum)
        {
            throw new FormatException($"A message {manifest} has {bytes} bytes, more than the {maximum} that one may have.");
        }
    }

    /// <summary>How the bodies of a manifest are written; null for one that nothing has.</summary>
    private static JsonTypeInfo? InfoOf(string manifest) =>
        IsOfEvent(manifest)
            ? WireJsonContext.Default.JournaledEvent
            : ByName.GetValueOrDefault(manifest);
}
