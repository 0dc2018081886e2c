using System.Diagnostics;
using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Queries;
using AdvFit.Sweeps.Store;
using AdvFit.Sweeps.Telemetry;

namespace AdvFit.Sweeps.Local;

/// <summary>
/// Handles the commands of one sweep: decides one after the other, appends to the journal, and only then lets anyone act
/// (design rule 4). Events that are decided while the disk is busy are written together, in one transaction: many
/// slots cost little more than one. Thread-safe. Once the journal failed it refuses all else, for only the journal knows what
/// was recorded.
/// </summary>
internal sealed class SweepRecorder
{
    /// <summary>Events from one snapshot to the next, at least; more for sweeps whose snapshots are large.</summary>
    private const int EventsPerSnapshot = 20_000;

    private readonly Lock _decisions = new();
    private readonly Lock _journalAccess;
    private readonly object _changes = new();
    private readonly IJournal _journal;
    private readonly string _sweep;
    private readonly TimeProvider _clock;
    private readonly ISweepObserver _observer;
    private Batch _open = new();
    private Batch _latest;
    private bool _isWriting;
    private SweepState? _decided;
    private long _snapshotNumber;
    private StoreException? _failure;
    private volatile SweepReplay _recorded;

    /// <param name="journal">Where the sweep is recorded.</param>
    /// <param name="journalAccess">Held during every call of the journal; recorders of one journal share it.</param>
    /// <param name="sweep">The sweep's id.</param>
    /// <param name="clock">The clock of events and of delays.</param>
    /// <param name="observer">Is notified of what is recorded.</param>
    /// <exception cref="StoreException">The journal is damaged or cannot be read.</exception>
    public SweepRecorder(IJournal journal, Lock journalAccess, string sweep, TimeProvider clock, ISweepObserver observer)
    {
        (_journal, _journalAccess, _sweep, _clock, _observer) = (journal, journalAccess, sweep, clock, observer);
        lock (journalAccess)
        {
            _recorded = SweepReplay.Of(journal, sweep);
        }

        (_decided, _snapshotNumber, _latest) = (_recorded.State, _recorded.Number, Batch.Empty);
    }

    /// <summary>Raised with the new state after each change that is recorded.</summary>
    public Action<SweepState> Changed { get; set; } = _ => { };

    /// <summary>The sweep as recorded so far.</summary>
    public SweepState? State => _recorded.State;

    /// <summary>Decides a command; its events are durable when this returns.</summary>
    /// <exception cref="SweepException">The command is refused.</exception>
    /// <exception cref="StoreException">It could not be recorded, now or earlier.</exception>
    public Decision Handle(SweepCommand command)
    {
        Decision decision;
        Batch batch;
        lock (_decisions)
        {
            RefuseAfterFailure();
            decision = SweepDecisions.Decide(_decided, command, _clock.GetUtcNow());
            if (decision.Rejection is { } rejection)
            {
                throw new SweepException(rejection);
            }

            foreach (var sweepEvent in decision.Events)
            {
                _decided = SweepState.Apply(_decided, sweepEvent, decision.At);
                _open.Events.Add(new TimedEvent(decision.At, sweepEvent));
                _latest = _open;
            }

            // Where nothing is to be recorded, that rests on what was decided before and may not be durable yet.
            batch = _latest;
        }

        batch.Wait(TryWrite);
        return decision;
    }

    /// <summary>
    /// The next shuffle to work on. Where none may be assigned now, it waits: for one that fails and may be tried again,
    /// for the time to try it, for a paused sweep to be resumed. Null when there is nothing to wait for, or when told to
    /// stop.
    /// </summary>
    public ShuffleAssignment? Next(CancellationToken stop)
    {
        using var wake = stop.Register(WakeWaiters);
        while (!stop.IsCancellationRequested)
        {
            var before = _recorded;
            foreach (var assigned in Handle(new AssignNext()).Events.OfType<ShuffleAssigned>())
            {
                return new ShuffleAssignment(assigned.Shuffle, assigned.Attempt, RecordOf(assigned.Shuffle));
            }

            if (_recorded.State is { AllEnded: true } or { IsCancelled: true } or { IsHalted: true })
            {
                return null;
            }

            WaitForChange(before, stop);
        }

        return null;
    }

    /// <summary>Keeps a snapshot, so that the next process need not read many events.</summary>
    /// <param name="fewest">With fewer events since the last one, it is not worth it.</param>
    /// <exception cref="StoreException">It could not be recorded, now or earlier.</exception>
    public void SaveSnapshot(int fewest)
    {
        lock (_journalAccess)
        {
            RefuseAfterFailure();
            if (_recorded.Number - _snapshotNumber < fewest)
            {
                return;
            }

            _journal.SaveSnapshot(_sweep, _recorded.Snapshot());
            _snapshotNumber = _recorded.Number;
        }
    }

    /// <summary>What the journal has of a shuffle; only the events of a shuffle that was worked on are read.</summary>
    private ShuffleRecord RecordOf(int shuffle)
    {
        if (_recorded.State!.Shuffle(shuffle).Done == default)
        {
            return ShuffleRecord.Empty;
        }

        lock (_journalAccess)
        {
            return ShuffleRecords.Of(_journal, _sweep, shuffle);
        }
    }

    /// <summary>
    /// Writes what is decided, batch by batch, until nothing is left. Only one thread does at a time; whatever the others
    /// decide meanwhile is the next batch.
    /// </summary>
    private void TryWrite()
    {
        lock (_decisions)
        {
            if (_isWriting)
            {
                return;
            }

            _isWriting = true;
        }

        while (NextToWrite() is { } batch)
        {
            try
            {
                Write(batch.Events);
                batch.Done();
            }
            catch (Exception error)
            {
                Fail(batch, error);
            }

            WakeWaiters();
        }
    }

    private Batch? NextToWrite()
    {
        lock (_decisions)
        {
            if (_open.Events.Count == 0)
            {
                _isWriting = false;
                return null;
            }

            var batch = _open;
            _open = new Batch();
            return batch;
        }
    }

    private void Write(List<TimedEvent> events)
    {
        var began = Stopwatch.GetTimestamp();
        lock (_journalAccess)
        {
            _journal.Append(_sweep, _recorded.Number, events);
        }

        SweepInstruments.Appended(_sweep, events.Count, Stopwatch.GetElapsedTime(began));
        foreach (var timed in events)
        {
            var next = _recorded.Add(timed);
            _recorded = next;
            _observer.Recorded(timed.Event, next.State!);
        }

        Changed(_recorded.State!);
        SaveSnapshot(Math.Max(EventsPerSnapshot, _recorded.State!.Shuffles.Count / 2));
    }

    /// <summary>Ends all that wait, and all that come, with the same failure.</summary>
    private void Fail(Batch batch, Exception error)
    {
        lock (_decisions)
        {
            _failure = error as StoreException ?? new StoreException($"The journal cannot be used: {error.Message}", error);
            batch.Fail(_failure);
            _open.Fail(_failure);
            _open = new Batch();
        }
    }

    private void RefuseAfterFailure()
    {
        lock (_decisions)
        {
            if (_failure is not null)
            {
                throw new StoreException(_failure.Message, _failure);
            }
        }
    }

    /// <summary>Waits for something to be recorded since then, for the next time that a delay ends, or for the stop.</summary>
    private void WaitForChange(SweepReplay since, CancellationToken stop)
    {
        using var timer = since.State is { WantsRest: false, NextDue: { } due }
            ? _clock.CreateTimer(_ => WakeWaiters(), null, Positive(due - _clock.GetUtcNow()), Timeout.InfiniteTimeSpan)
            : null;
        lock (_changes)
        {
            if (ReferenceEquals(_recorded, since) && !stop.IsCancellationRequested)
            {
                Monitor.Wait(_changes);
            }
        }

        static TimeSpan Positive(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;
    }

    private void WakeWaiters()
    {
        lock (_changes)
        {
            Monitor.PulseAll(_changes);
        }
    }

    /// <summary>Events that go to the disk together, and those who wait for that.</summary>
    private sealed class Batch
    {
        private readonly TaskCompletionSource _durable = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>One of which nobody need wait.</summary>
        public static Batch Empty { get; } = Completed();

        public List<TimedEvent> Events { get; } = [];

        public void Done() => _durable.SetResult();

        public void Fail(StoreException error)
        {
            _durable.SetException(error);
            // Nobody may be waiting, and that is no fault.
            _ = _durable.Task.Exception;
        }

        /// <summary>Returns when it is durable; whoever comes first has to see to that.</summary>
        /// <exception cref="StoreException">It could not be recorded.</exception>
        public void Wait(Action write)
        {
            if (!_durable.Task.IsCompleted)
            {
                write();
            }

            _durable.Task.GetAwaiter().GetResult();
        }

        private static Batch Completed()
        {
            var batch = new Batch();
            batch.Done();
            return batch;
        }
    }
}
