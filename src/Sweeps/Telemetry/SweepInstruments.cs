using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace AdvFit.Sweeps.Telemetry;

/// <summary>
/// The metrics and activities of the work on sweeps (System.Diagnostics): a meter and a source of activities of one name.
/// Without a listener they cost next to nothing. docs/observability.md lists them.
/// </summary>
public static class SweepInstruments
{
    /// <summary>Name of the meter and of the source of activities.</summary>
    public const string Name = "AdvFit.Sweeps";

    internal const string ShufflesName = "advfit.shuffles";

    internal static readonly ActivitySource Activities = new(Name);

    private static readonly Meter Meter = new(Name);

    internal static readonly Histogram<double> StageDuration = Meter.CreateHistogram<double>(
        "advfit.stage.duration", "s", "Wall-clock time of a stage: an epoch, an attack, an evaluation");

    internal static readonly Counter<long> Images = Meter.CreateCounter<long>(
        "advfit.stage.images", "{image}", "Images trained on or attacked");

    internal static readonly Counter<long> Queries = Meter.CreateCounter<long>(
        "advfit.attack.queries", "{image}", "Forward passes used by attacks");

    internal static readonly Counter<long> Gradients = Meter.CreateCounter<long>(
        "advfit.attack.gradients", "{image}", "Backward passes used by attacks");

    internal static readonly Counter<long> FailedAttempts = Meter.CreateCounter<long>(
        "advfit.attempts.failed", "{attempt}", "Attempts at shuffles that failed");

    private static readonly Histogram<double> AppendDuration = Meter.CreateHistogram<double>(
        "advfit.journal.append.duration", "s", "Time until appended events are on the disk");

    private static readonly Counter<long> JournalEvents = Meter.CreateCounter<long>(
        "advfit.journal.events", "{event}", "Events appended to the journal");

    /// <summary>Counts events that are durable.</summary>
    internal static void Appended(string sweep, int events, TimeSpan duration)
    {
        var tag = new KeyValuePair<string, object?>("advfit.sweep", sweep);
        AppendDuration.Record(duration.TotalSeconds, tag);
        JournalEvents.Add(events, tag);
    }
}
