using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Journal;

namespace AdvFit.Sweeps.Repair;

/// <summary>
/// Rebuilds a consistent journal from the events that survived damage: leaves out those that depended on a lost event, and
/// adds the assignments and releases without which the others could not have happened. Pure. Whatever is left out, the next
/// run computes again, to the same bytes.
/// </summary>
internal sealed class EventRebuild
{
    private readonly List<TimedEvent> _events = [];
    private SweepState? _state;

    private EventRebuild()
    {
    }

    /// <summary>The events of one sweep.</summary>
    /// <param name="surviving">What survived, in its order.</param>
    /// <returns>None where the event that says what the sweep is was lost.</returns>
    public static IReadOnlyList<TimedEvent> Of(IEnumerable<TimedEvent> surviving)
    {
        var rebuild = new EventRebuild();
        foreach (var timed in surviving)
        {
            rebuild.Take(timed);
        }

        rebuild.Finish();
        return rebuild._events;
    }

    private void Take(TimedEvent timed)
    {
        switch (timed.Event)
        {
            case SweepPlanned when _state is null:
                Add(timed.Event, timed.At);
                break;
            case SweepPlanned:
            case var _ when _state is null:
                break;
            case ShuffleAssigned assigned:
                Assign(assigned, timed.At);
                break;
            case FactRecorded { Fact: var fact }:
                Record(fact, timed.At);
                break;
            case ShuffleReleased released:
                Release(released.Shuffle, timed.At);
                break;
            case ShuffleReopened reopened when _state.HasShuffle(reopened.Shuffle):
                Release(reopened.Shuffle, timed.At);
                if (_state.Shuffle(reopened.Shuffle).Status != ShuffleStatus.Cancelled)
                {
                    Add(reopened, timed.At);
                }

                break;
            case ShuffleReopened:
            case FilesFreed freed when !_state.HasShuffle(freed.Shuffle):
                break;
            default:
                Add(timed.Event, timed.At);
                break;
        }
    }

    /// <summary>Assigns a shuffle, whatever lost event let it wait; not one that is completed, for then nothing is known to lack.</summary>
    private bool Assign(ShuffleAssigned assigned, DateTimeOffset at)
    {
        if (!_state!.HasShuffle(assigned.Shuffle) || assigned.Attempt <= _state.Shuffle(assigned.Shuffle).Attempt)
        {
            return false;
        }

        Release(assigned.Shuffle, at);
        switch (_state.Shuffle(assigned.Shuffle).Status)
        {
            case ShuffleStatus.Completed:
                return false;
            case ShuffleStatus.Failed:
                Add(new ShuffleReopened(assigned.Shuffle, []), at);
                break;
            case ShuffleStatus.Cancelled:
                Add(new SweepResumed(), at);
                break;
        }

        Add(assigned, at);
        return true;
    }

    private void Record(ShuffleFact fact, DateTimeOffset at)
    {
        if (!_state!.HasShuffle(fact.Shuffle))
        {
            return;
        }

        var shuffle = _state.Shuffle(fact.Shuffle);
        var isCurrent = shuffle.IsRunning && shuffle.Attempt == fact.Attempt;
        var follows = StageKey.Of(fact) is not { } stage || _state.Plan.Fault(shuffle.Done, stage) is null;
        if (follows && (isCurrent || Assign(new ShuffleAssigned(fact.Shuffle, fact.Attempt), at)))
        {
            Add(new FactRecorded(fact), at);
        }
    }

    private void Release(int shuffle, DateTimeOffset at)
    {
        if (_state!.HasShuffle(shuffle) && _state.Shuffle(shuffle) is { IsRunning: true } running)
        {
            Add(new ShuffleReleased(shuffle, running.Attempt), at);
        }
    }

    private void Finish()
    {
        if (_state is { AllEnded: true, InSession: true, Cancelled: 0 })
        {
            Add(new SweepFinished(_state.Completed, _state.Failed), _state.Updated);
        }
    }

    private void Add(SweepEvent sweepEvent, DateTimeOffset at)
    {
        _state = SweepState.Apply(_state, sweepEvent, at);
        _events.Add(new TimedEvent(at, sweepEvent));
    }
}
