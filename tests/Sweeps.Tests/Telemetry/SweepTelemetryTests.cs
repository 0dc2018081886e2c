using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using AdvFit.Messages;
using AdvFit.Sweeps.Local;
using AdvFit.Sweeps.Spec;
using AdvFit.Sweeps.Telemetry;
using AdvFit.Sweeps.Tests.Local;

namespace AdvFit.Sweeps.Tests.Telemetry;

/// <summary>What a listener of metrics and activities learns of a sweep.</summary>
public sealed class SweepTelemetryTests
{
    [Fact]
    public void Metrics_tell_what_stages_took_what_they_did_and_how_the_shuffles_stand()
    {
        var spec = Some.Spec with { Name = "measured" };
        using var telemetry = new SweepTelemetry(SweepId.Of(spec));
        using var measured = new Measurements(SweepId.Of(spec));

        var journal = Run(spec, telemetry);

        measured.Take();
        measured["advfit.stage.duration", "train"].ShouldBe([1, 1, 1, 1, 1, 1]);
        measured["advfit.stage.duration", "attack", "fgsm"].ShouldBe([3, 3, 3]);
        measured["advfit.stage.duration", "evaluate"].ShouldBe([5, 5, 5]);
        measured["advfit.stage.images", "train"].Sum().ShouldBe(3 * 2 * 50);
        measured["advfit.stage.images", "attack", "fgsm"].Sum().ShouldBe(3 * 7);
        measured["advfit.attack.queries", "fgsm"].Sum().ShouldBe(3 * 70);
        measured["advfit.attack.gradients", "fgsm"].Sum().ShouldBe(3 * 7);
        measured["advfit.attempts.failed", "True"].Sum().ShouldBe(1);
        measured["advfit.shuffles", "completed"].ShouldBe([3]);
        measured["advfit.shuffles", "planned"].ShouldBe([0]);
        measured["advfit.shuffles", "running"].ShouldBe([0]);
        measured["advfit.journal.events"].Sum().ShouldBe(journal.Read(SweepId.Of(spec)).Count());
        measured["advfit.journal.append.duration"].ShouldAllBe(seconds => seconds >= 0);
    }

    [Fact]
    public void Activities_nest_stages_in_attempts_in_the_session()
    {
        var spec = Some.Spec with { Name = "traced" };
        var activities = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == SweepInstruments.Name,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (Equals(activity.GetTagItem("advfit.sweep"), SweepId.Of(spec)))
                {
                    activities.Enqueue(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        using (var telemetry = new SweepTelemetry(SweepId.Of(spec)))
        {
            Run(spec, telemetry);
        }

        var session = activities.Single(activity => activity.OperationName == "sweep");
        var attempts = activities.Where(activity => activity.OperationName == "shuffle").ToList();
        attempts.Count.ShouldBe(4);
        attempts.ShouldAllBe(attempt => attempt.ParentSpanId == session.SpanId);
        var failed = attempts.Single(attempt => attempt.Status == ActivityStatusCode.Error);
        failed.StatusDescription.ShouldBe("Busy.");
        var stages = activities.Where(activity => activity.OperationName is not ("sweep" or "shuffle")).ToList();
        stages.Count.ShouldBe(3 * 4);
        stages.ShouldAllBe(stage => attempts.Any(attempt => attempt.SpanId == stage.ParentSpanId));
        stages.Where(stage => stage.OperationName == "train:1").Select(stage => stage.Duration.TotalSeconds).ShouldBe([1, 1, 1]);
        Activity.Current.ShouldBeNull();
    }

    /// <summary>Runs a sweep in which the first attempt at shuffle 2 fails for now.</summary>
    private static FakeJournal Run(SweepSpec spec, ISweepObserver observer)
    {
        var (journal, failures) = (new FakeJournal(), 0);
        var executor = new FakeExecutor(spec)
        {
            Before = stage =>
            {
                if (stage.StartsWith("2:", StringComparison.Ordinal) && failures++ == 0)
                {
                    throw new IOException("Busy.");
                }
            },
        };
        using var host = new LocalHost(journal, 1, new EagerClock(), observer);
        host.Run(Some.Start(spec), _ => executor).Completed.ShouldBe(3);
        return journal;
    }

    /// <summary>What instruments tell of one sweep, by the values of the other tags.</summary>
    private sealed class Measurements : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly ConcurrentDictionary<string, ConcurrentQueue<double>> _values = [];

        public Measurements(string sweep)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == SweepInstruments.Name)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
            _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
            _listener.Start();

            void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
            {
                var others = new List<string>();
                var isOfSweep = false;
                foreach (var (name, tag) in tags)
                {
                    isOfSweep |= name == "advfit.sweep" && Equals(tag, sweep);
                    if (name != "advfit.sweep" && tag is not "")
                    {
                        others.Add($"{tag}");
                    }
                }

                if (isOfSweep)
                {
                    _values.GetOrAdd(string.Join(' ', [instrument.Name, .. others]), _ => []).Enqueue(value);
                }
            }
        }

        public IReadOnlyCollection<double> this[string instrument, params string[] tags] =>
            _values.GetValueOrDefault(string.Join(' ', [instrument, .. tags]), []);

        public void Take() => _listener.RecordObservableInstruments();

        public void Dispose() => _listener.Dispose();
    }
}
