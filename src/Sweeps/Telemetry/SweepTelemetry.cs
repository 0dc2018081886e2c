using System.Diagnostics;
using System.Diagnostics.Metrics;
using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Local;

namespace AdvFit.Sweeps.Telemetry;

/// <summary>
/// Turns what happens in a sweep into metrics and activities: one activity for the session, one below it for each attempt
/// at a shuffle, one below that for each stage.
/// </summary>
public sealed class SweepTelemetry : ISweepObserver, IDisposable
{
    private static readonly (string Word, Func<SweepState, int> Count)[] States =
    [
        ("planned", state => state.Waiting.Count), ("running", state => state.Running.Count),
        ("completed", state => state.Completed), ("failed", state => state.Failed), ("cancelled", state => state.Cancelled),
    ];

    private readonly string _sweep;
    private readonly Meter _meter = new(SweepInstruments.Name);
    private readonly Dictionary<int, Activity> _attempts = [];
    private Activity? _session;
    private volatile SweepState? _state;

    /// <param name="sweep">The sweep's id.</param>
    public SweepTelemetry(string sweep)
    {
        _sweep = sweep;
        _meter.CreateObservableUpDownCounter(
            SweepInstruments.ShufflesName, CountShuffles, "{shuffle}", "Shuffles of the sweep by where they stand");
    }

    /// <inheritdoc/>
    public void Recorded(SweepEvent sweepEvent, SweepState state)
    {
        _state = state;
        switch (sweepEvent)
        {
            case SessionStarted:
                EndAll();
                _session = Start("sweep", default, state.Updated, ("advfit.shuffles", state.Shuffles.Count));
                break;
            case SessionStopped or SweepFinished:
                EndAll();
                break;
            case ShuffleAssigned assigned:
                Begin(assigned, state);
                break;
            case ShuffleReleased released:
                End(released.Shuffle, state);
                break;
            case FactRecorded { Fact: AttemptFailed failed }:
                SweepInstruments.FailedAttempts.Add(1, Tag("advfit.sweep", _sweep), Tag("advfit.retryable", failed.Retryable));
                _attempts.GetValueOrDefault(failed.Shuffle)?.SetStatus(ActivityStatusCode.Error, failed.Cause);
                End(failed.Shuffle, state);
                break;
            case FactRecorded { Fact: StageFact fact } when StageKey.Of(fact) is { } stage:
                Measure(fact, stage, state);
                break;
        }
    }

    /// <inheritdoc/>
    public void Progressed(int slot, ShuffleProgress progress)
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        EndAll();
        _meter.Dispose();
    }

    private static KeyValuePair<string, object?> Tag(string name, object? value) => new(name, value);

    private void Measure(StageFact fact, StageKey stage, SweepState state)
    {
        var (sweep, name, item) = (
            Tag("advfit.sweep", _sweep), Tag("advfit.stage", stage.Phase), Tag("advfit.attack", stage.Item));
        var seconds = fact.Cost.WallSeconds;
        SweepInstruments.StageDuration.Record(seconds, sweep, name, item);
        switch (fact)
        {
            case EpochTrained:
                SweepInstruments.Images.Add(state.Spec.Subsample?.Train ?? state.Data.Train, sweep, name, item);
                break;
            case AttackCrafted { Outcome: var outcome }:
                SweepInstruments.Images.Add(outcome.Attempted, sweep, name, item);
                SweepInstruments.Queries.Add(outcome.Queries, sweep, item);
                SweepInstruments.Gradients.Add(outcome.Gradients, sweep, item);
                break;
        }

        var parent = _attempts.GetValueOrDefault(fact.Shuffle)?.Context ?? default;
        var activity = Start(
            stage.ToString(), parent, state.Updated.AddSeconds(-seconds), ("advfit.shuffle", fact.Shuffle));
        activity?.SetEndTime(state.Updated.UtcDateTime).Dispose();
        if (fact is ShuffleEvaluated)
        {
            End(fact.Shuffle, state);
        }
    }

    private void Begin(ShuffleAssigned assigned, SweepState state)
    {
        End(assigned.Shuffle, state);
        if (Start(
            "shuffle", _session?.Context ?? default, state.Updated,
            ("advfit.shuffle", assigned.Shuffle), ("advfit.attempt", assigned.Attempt)) is { } activity)
        {
            _attempts.Add(assigned.Shuffle, activity);
        }
    }

    private void End(int shuffle, SweepState state)
    {
        if (_attempts.Remove(shuffle, out var activity))
        {
            activity.SetEndTime(state.Updated.UtcDateTime).Dispose();
        }
    }

    private void EndAll()
    {
        foreach (var attempt in _attempts.Values)
        {
            attempt.Dispose();
        }

        _attempts.Clear();
        _session?.Dispose();
        _session = null;
    }

    /// <summary>An activity that does not become the calling thread's own; null where nobody listens.</summary>
    private Activity? Start(string name, ActivityContext parent, DateTimeOffset at, params ReadOnlySpan<(string Name, object Value)> tags)
    {
        var current = Activity.Current;
        var activity = SweepInstruments.Activities.StartActivity(
            name, ActivityKind.Internal, parent, [Tag("advfit.sweep", _sweep)], startTime: at);
        Activity.Current = current;
        foreach (var (tag, value) in tags)
        {
            activity?.SetTag(tag, value);
        }

        return activity;
    }

    private IEnumerable<Measurement<int>> CountShuffles() => _state is not { } state ? [] : States.Select(each =>
        new Measurement<int>(each.Count(state), Tag("advfit.sweep", _sweep), Tag("advfit.state", each.Word)));
}
