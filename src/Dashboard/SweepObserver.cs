using System.Collections.Immutable;
using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Queries;
using AdvFit.Sweeps.Store;

namespace AdvFit.Dashboard;

/// <summary>Looks at one sweep again and again, reading only what is new. Not thread-safe.</summary>
/// <param name="store">The store, open for reading.</param>
/// <param name="sweep">The sweep's id.</param>
internal sealed class SweepObserver(SweepStore store, string sweep)
{
    private readonly Dictionary<int, LiveShuffle> _sent = [];
    private SweepReplay _replay = SweepReplay.Empty;
    private SweepStatus? _status;
    private bool _begun;

    /// <summary>What changed since the last look; null where nothing did. The first time, everything.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public LiveSweep? Look()
    {
        var known = _replay.Number;
        _replay = _begun ? _replay.Follow(store.Journal, sweep) : SweepReplay.Of(store.Journal, sweep);
        if (_replay.State is not { } state)
        {
            return null;
        }

        var holder = store.Holder();
        var status = SweepStatuses.Of(state, holder);
        if (_begun && known == _replay.Number && status == _status)
        {
            return null;
        }

        (_begun, _status) = (true, status);
        return Describe(state, status, SweepStatuses.IsLive(state, holder));
    }

    private LiveSweep Describe(SweepState state, SweepStatus status, bool isLive)
    {
        var costs = new StageCosts(state, _replay.History.Stages);
        var session = _replay.History.Sessions.LastOrDefault();
        // A process that died has left its shuffles assigned.
        ImmutableArray<LiveSlot> slots = isLive ? [.. state.Running.Keys.Select(number => Slot(state, number, costs))] : [];
        return new LiveSweep(
            sweep, state.Spec.Name, status.Word(), isLive, state.IsPaused, state.IsCancelled, state.Completed, state.Failed,
            state.Cancelled, state.Shuffles.Count, state.Created, state.Updated,
            session is null
                ? null
                : new LiveSession(session.Provenance.Machine, session.Provenance.Processor, session.Provenance.Slots, session.Began),
            costs.Stages, state.Spec.Training.Epochs, costs.SecondsLeft(session?.Provenance.Slots ?? 1), Changed(state), slots, [.. Errors(state)]);
    }

    private ImmutableArray<LiveShuffle> Changed(SweepState state)
    {
        var changed = ImmutableArray.CreateBuilder<LiveShuffle>();
        var number = 0;
        foreach (var shuffle in state.Shuffles)
        {
            number++;
            var now = new LiveShuffle(
                number, shuffle.Status.Word(), state.Doing(number), StageCosts.DoneOf(state, shuffle));
            if (!_sent.TryGetValue(number, out var before) || before != now)
            {
                _sent[number] = now;
                changed.Add(now);
            }
        }

        return changed.ToImmutable();
    }

    private LiveSlot Slot(SweepState state, int number, StageCosts costs)
    {
        var shuffle = state.Shuffle(number);
        var since = state.Updated;
        var epochs = new List<EpochTrained>();
        foreach (var entry in store.Journal.ReadShuffle(sweep, number))
        {
            if (entry.Event is ShuffleAssigned)
            {
                since = entry.At;
            }
            else if (entry.Event is FactRecorded { Fact: EpochTrained epoch })
            {
                epochs.RemoveAll(other => other.Epoch >= epoch.Epoch);
                epochs.Add(epoch);
            }
        }

        var sizes = state.Spec.Subsample ?? new Subsample(state.Data.Train, state.Data.Test);
        return new LiveSlot(
            number, shuffle.Attempt, state.Doing(number), since,
            epochs.Count == 0 ? null : 60 / Math.Max(epochs[^1].Cost.WallSeconds, 1e-3),
            costs.SecondsLeft(shuffle),
            [.. epochs.Select(epoch => (double)epoch.TestCorrect / sizes.Test)],
            [.. epochs.Select(epoch => (double)epoch.TrainCorrect / sizes.Train)],
            epochs.Count == 0 ? null : epochs[^1].MeanLoss);
    }

    private static IEnumerable<LiveError> Errors(SweepState state)
    {
        var number = 0;
        foreach (var shuffle in state.Shuffles)
        {
            number++;
            if (shuffle.Cause is not { } cause)
            {
                continue;
            }

            yield return new LiveError(number, shuffle.Attempt, cause, shuffle.Status switch
            {
                ShuffleStatus.Failed => "It is not tried again by itself. Mend the cause, then rerun what failed; what was done of it is kept.",
                ShuffleStatus.Planned when state.Delays.TryGetValue(number, out var due) =>
                    $"It is tried again at {due.ToUniversalTime():HH:mm:ss} UTC; what was done of it is kept.",
                ShuffleStatus.Planned => "It waits to be tried again; what was done of it is kept.",
                ShuffleStatus.Cancelled => "The sweep was cancelled; resuming it tries again.",
                _ => "It is being tried again.",
            });
        }
    }
}
