using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Queries;
using AdvFit.Sweeps.Store;

namespace AdvFit.Sweeps.Local;

/// <summary>
/// Handles the commands of one sweep: decides one after the other, appends to the journal, and only then lets anyone act
/// (design rule 4). Whoever waits for the disk takes along all that was decided meanwhile, in one transaction: many slots
/// cost little more than one. Thread-safe. Once the journal failed it refuses all else, for only the journal knows what
/// was recorded.
/// </summary>
internal sealed class SweepRecorder
{
    /// <summary>Events from one snapshot to the next, at least; more for sweeps whose snapshots are large.</summary>
    private const int EventsPerSnapshot = 20_000;

    private readonly Lock _decisions = new();
    private readonly Lock _journalAccess = new();
    private readonly object _changes = new();
    private readonly IJournal _journal;
    private readonly string _sweep;
    private readonly TimeProvider _clock;
    private readonly ISweepObserver _observer;
    private List<TimedEvent> _pending = [];
    private SweepState? _decided;
    private long _decidedNumber;
    private long _snapshotNumber;
    private StoreException? _failure;
    private volatile SweepReplay _recorded;

    public SweepRecorder(IJournal journal, string sweep, TimeProvider clock, ISweepObserver observer)
    {
        (_journal, _sweep, _clock, _observer) = (journal, sweep, clock, observer);
        _recorded = SweepReplay.Of(journal, sweep);
        (_decided, _decidedNumber, _snapshotNumber) = (_recorded.State, _recorded.Number, _recorded.Number);
    }

    /// <summary>Is told, after each change that is recorded, how things stand.</summary>
    public Action<SweepState> Changed { get; set; } = _ => { };

    /// <summary>The sweep as recorded so far.</summary>
    public SweepState? State => _recorded.State;

    /// <summary>Does what a command asks; what it decided is durable when this returns.</summary>
    /// <exception cref="SweepException">The command is refused.</exception>
    /// <exception cref="StoreException">It could not be recorded, now or earlier.</exception>
    public Decision Handle(SweepCommand command)
    {
        Decision decision;
        long number;
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
                _pending.Add(new TimedEvent(decision.At, sweepEvent));
            }

            number = _decidedNumber += decision.Events.Length;
        }

        RecordUpTo(number);
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

    /// <summary>Returns when an event is durable. The first to come writes for all who wait behind it.</summary>
    private void RecordUpTo(long number)
    {
        lock (_journalAccess)
        {
            if (_recorded.Number >= number)
            {
                return;
            }

            List<TimedEvent> events;
            lock (_decisions)
            {
                RefuseAfterFailure();
                (events, _pending) = (_pending, []);
            }

            try
            {
                _journal.Append(_sweep, _recorded.Number, events);
            }
            catch (StoreException error)
            {
                lock (_decisions)
                {
                    _failure = error;
                }

                throw;
            }

            foreach (var timed in events)
            {
                var next = _recorded.Add(timed);
                _recorded = next;
                _observer.Recorded(timed.Event, next.State!);
            }

            Changed(_recorded.State!);
            SaveSnapshot(Math.Max(EventsPerSnapshot, _recorded.State!.Shuffles.Count / 2));
        }

        WakeWaiters();
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
}
