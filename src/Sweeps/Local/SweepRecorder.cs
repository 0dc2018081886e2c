using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Store;

namespace AdvFit.Sweeps.Local;

/// <summary>
/// Handles the commands of one sweep one after the other: decides, appends to the journal, and only then applies (design
/// rule 4). Thread-safe. Once the journal failed it refuses all else, for only the journal knows what was recorded.
/// </summary>
internal sealed class SweepRecorder
{
    private readonly Lock _commands = new();
    private readonly object _changes = new();
    private readonly IJournal _journal;
    private readonly string _sweep;
    private readonly TimeProvider _clock;
    private readonly ISweepObserver _observer;
    private long _number;
    private StoreException? _failure;
    private volatile SweepState? _state;

    public SweepRecorder(IJournal journal, string sweep, TimeProvider clock, ISweepObserver observer)
    {
        (_journal, _sweep, _clock, _observer) = (journal, sweep, clock, observer);
        (_state, _number) = SweepReplay.Of(journal, sweep);
    }

    /// <summary>The sweep as recorded so far.</summary>
    public SweepState? State => _state;

    /// <summary>Does what a command asks; what it decided is durable when this returns.</summary>
    /// <exception cref="SweepException">The command is refused.</exception>
    /// <exception cref="StoreException">It could not be recorded, now or earlier.</exception>
    public Decision Handle(SweepCommand command)
    {
        Decision decision;
        lock (_commands)
        {
            if (_failure is not null)
            {
                throw new StoreException(_failure.Message, _failure);
            }

            decision = SweepDecisions.Decide(_state, command, _clock.GetUtcNow());
            if (decision.Rejection is { } rejection)
            {
                throw new SweepException(rejection);
            }

            Record(decision);
        }

        WakeWaiters();
        return decision;
    }

    /// <summary>
    /// The next shuffle to work on. Where none waits but others still run, it waits with them: one that fails may be
    /// tried again. Null when all have ended, or when told to stop.
    /// </summary>
    public ShuffleAssignment? Next(CancellationToken stop)
    {
        using var wake = stop.Register(WakeWaiters);
        while (!stop.IsCancellationRequested)
        {
            foreach (var assigned in Handle(new AssignNext()).Events.OfType<ShuffleAssigned>())
            {
                return new ShuffleAssignment(
                    assigned.Shuffle, assigned.Attempt, _state!.Shuffle(assigned.Shuffle).Record);
            }

            lock (_changes)
            {
                if (_state!.AllEnded)
                {
                    return null;
                }

                if (_state.Waiting.IsEmpty && !stop.IsCancellationRequested)
                {
                    Monitor.Wait(_changes);
                }
            }
        }

        return null;
    }

    private void Record(Decision decision)
    {
        if (decision.Events.IsEmpty)
        {
            return;
        }

        try
        {
            _journal.Append(_sweep, _number, decision.At, decision.Events);
        }
        catch (StoreException error)
        {
            _failure = error;
            throw;
        }

        var steps = new List<(SweepEvent Event, SweepState State)>();
        foreach (var sweepEvent in decision.Events)
        {
            _state = SweepState.Apply(_state, sweepEvent, decision.At);
            steps.Add((sweepEvent, _state));
        }

        _number += decision.Events.Length;
        steps.ForEach(step => _observer.Recorded(step.Event, step.State));
    }

    private void WakeWaiters()
    {
        lock (_changes)
        {
            Monitor.PulseAll(_changes);
        }
    }
}
