using System.Collections.Immutable;
using AdvFit.Analysis;
using AdvFit.Analysis.Json;
using AdvFit.Coordinator.Journal;
using AdvFit.Sweeps.Cluster;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Queries;
using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using Akka.Persistence.Query;
using Akka.Streams;
using Akka.Streams.Dsl;
using Done = AdvFit.Sweeps.Cluster.Done;

namespace AdvFit.Coordinator.Analysis;

/// <summary>
/// The singleton that analyses the sweeps: it follows the journal by tag, and keeps the results of each sweep ready. Its
/// snapshots hold what it has read and up to which offset, so that it does not reread the journal from the beginning.
/// </summary>
public sealed class AnalysisActor : ReceivePersistentActor, IWithTimers
{
    private const int PartBytes = 512 * 1024;
    private const int MostAtOnce = 1_000;
    private const int FewestForSnapshot = 2_000;
    private static readonly TimeSpan BeforeSnapshot = TimeSpan.FromSeconds(10);

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Func<long, Source<EventEnvelope, Akka.NotUsed>> _follow;
    private readonly Dictionary<string, (long Edition, byte[] Json)> _results = new(StringComparer.Ordinal);
    private readonly List<(IActorRef Asker, LoadResults Question)> _waiting = [];
    private AnalysedSweeps _known = AnalysedSweeps.Empty;
    private long _offset;
    private long _offsetBefore;
    private long _snapshotOffset;
    private int _sinceSnapshot;

    /// <param name="follow">The events tagged for the analysis after an offset, as they come.</param>
    public AnalysisActor(Func<long, Source<EventEnvelope, Akka.NotUsed>> follow)
    {
        _follow = follow;
        Recover<SnapshotOffer>(offer => Restore((AnalysisSnapshot)offer.Snapshot));
        Recover<RecoveryCompleted>(_ => Begin());
        Command<Events>(Take);
        Command<Started>(_ => Sender.Tell(new Acknowledged()));
        Command<Failed>(failed => throw new InvalidOperationException("The journal cannot be followed.", failed.Cause));
        Command<Ended>(_ => throw new InvalidOperationException("The journal is not followed any more."));
        Command<LoadResults>(Answer);
        Command<ForgetSweep>(forget =>
        {
            // The event that says so comes later, and results of the sweep that was may not be taken for those of another.
            Forget(forget.Sweep);
            Sender.Tell(new Done());
        });
        Command<SaveWhenQuiet>(_ => SaveOnceQuiet());
        Command<SaveSnapshotSuccess>(saved =>
            DeleteSnapshots(new SnapshotSelectionCriteria(saved.Metadata.SequenceNr, saved.Metadata.Timestamp.AddTicks(-1))));
        Command<SaveSnapshotFailure>(failed => _log.Warning("No snapshot of the analysis could be kept: {0}", failed.Cause.Message));
        Command<DeleteSnapshotsSuccess>(_ => { });
        Command<DeleteSnapshotsFailure>(failed => _log.Warning("Old snapshots of the analysis stay: {0}", failed.Cause.Message));
    }

    /// <inheritdoc/>
    public override string PersistenceId => "analysis";

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    private void Begin()
    {
        Timers.StartPeriodicTimer(nameof(SaveWhenQuiet), new SaveWhenQuiet(), BeforeSnapshot);
        // Events that come while a batch is handled make the next batch.
        var events = _follow(_offset).Batch(
            MostAtOnce, first => new Events([first]), (all, next) =>
            {
                all.Envelopes.Add(next);
                return all;
            });
        events.To(Sink.ActorRefWithAck<Events>(
            Self, new Started(), new Acknowledged(), new Ended(), error => new Failed(error))).Run(Context.Materializer());
    }

    private void Take(Events events)
    {
        foreach (var envelope in events.Envelopes)
        {
            if (envelope.Event is SweepForgotten forgotten)
            {
                Forget(forgotten.Sweep);
            }
            else
            {
                Take(envelope);
            }

            _offset = ((Sequence)envelope.Offset).Value;
        }

        _sinceSnapshot += events.Envelopes.Count;
        Sender.Tell(new Acknowledged());
        SaveWhenWorthIt(Math.Max(FewestForSnapshot, _known.Sweeps.Values.Sum(known => known.Outcomes.Count)));
        foreach (var (asker, question) in _waiting.ToList())
        {
            Answer(question, asker);
        }
    }

    private void Forget(string sweep)
    {
        _known = _known.Without(sweep);
        _results.Remove(sweep);
    }

    private void Take(EventEnvelope envelope)
    {
        var (sweep, isShuffle) = PersistenceIds.SweepOf(envelope.PersistenceId);
        var before = _known;
        _known = envelope.Event switch
        {
            JournaledEvent journaled when isShuffle => _known.AddOfShuffle(sweep, journaled),
            JournaledEvent journaled => _known.AddOfSweep(sweep, envelope.SequenceNr, journaled),
            _ => _known.Damaged(sweep, $"event {envelope.SequenceNr} of {envelope.PersistenceId} in the journal cannot be read"),
        };
        if (_known.DamageOf(sweep) is { } damage && before.DamageOf(sweep) is null)
        {
            _log.Warning("The sweep {0} is analysed no further, for {1}", sweep, damage);
        }
    }

    private void Answer(LoadResults question) => Answer(question, Sender);

    private void Answer(LoadResults question, IActorRef asker)
    {
        var known = _known.Sweeps.GetValueOrDefault(question.Sweep, AnalysedSweep.Empty);
        _waiting.RemoveAll(waiting => waiting.Asker.Equals(asker));
        if (known.Damage is { } damage)
        {
            asker.Tell(new Refused(QuarantinedSweep.ReasonOf(question.Sweep, damage)));
            return;
        }

        if (known.Replay.State is null || known.Replay.Number < question.After)
        {
            // Those events come soon; the asker waits, or times out and asks again.
            _waiting.Add((asker, question));
            return;
        }

        if (!_results.TryGetValue(question.Sweep, out var results)
            || (results.Edition != known.Replay.Number && results.Edition != question.Edition))
        {
            try
            {
                results = (known.Replay.Number, ResultsJson.Write(known.Replay.State.Analyze(known.Completed)));
                _results[question.Sweep] = results;
            }
            catch (AnalysisException error)
            {
                asker.Tell(new Refused(error.Message));
                return;
            }
        }

        var begin = Math.Clamp(question.Offset, 0, results.Json.Length);
        var part = results.Json.AsSpan(begin, Math.Min(PartBytes, results.Json.Length - begin));
        asker.Tell(new ResultsPart(results.Edition, results.Json.Length, [.. part]));
    }

    private void SaveOnceQuiet()
    {
        if (_offset == _offsetBefore)
        {
            SaveWhenWorthIt(fewest: 1);
        }

        _offsetBefore = _offset;
    }

    private void SaveWhenWorthIt(int fewest)
    {
        if (_sinceSnapshot < fewest || _offset == _snapshotOffset)
        {
            return;
        }

        (_sinceSnapshot, _snapshotOffset) = (0, _offset);
        SaveSnapshot(new AnalysisSnapshot(
            _offset,
            [
                .. from known in _known.Sweeps
                   where known.Value.Replay.State is not null
                   let snapshot = known.Value.Replay.Snapshot()
                   select new AnalysedSweepSnapshot(known.Key, snapshot.Number, snapshot.Body, [.. known.Value.Outcomes.Values]),
            ]));
    }

    private void Restore(AnalysisSnapshot snapshot)
    {
        var sweeps = ImmutableSortedDictionary.CreateBuilder<string, AnalysedSweep>(StringComparer.Ordinal);
        foreach (var sweep in snapshot.Sweeps)
        {
            if (SweepReplay.TryRead(new JournalSnapshot(sweep.Number, sweep.Body)) is not { } replay)
            {
                _log.Warning("The snapshot of the analysis is of another version of AdvFit; all events are read instead");
                return;
            }

            sweeps.Add(sweep.Sweep, new AnalysedSweep(
                replay, sweep.Outcomes.ToImmutableSortedDictionary(outcome => outcome.Shuffle, outcome => outcome)));
        }

        (_offset, _snapshotOffset) = (snapshot.Offset, snapshot.Offset);
        _known = new AnalysedSweeps(sweeps.ToImmutable());
    }

    private sealed record Events(List<EventEnvelope> Envelopes) : INoSerializationVerificationNeeded;

    private sealed record Started : INoSerializationVerificationNeeded;

    private sealed record Acknowledged : INoSerializationVerificationNeeded;

    private sealed record Ended : INoSerializationVerificationNeeded;

    private sealed record Failed(Exception Cause) : INoSerializationVerificationNeeded;

    private sealed record SaveWhenQuiet : INoSerializationVerificationNeeded;
}
