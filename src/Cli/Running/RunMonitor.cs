using System.Collections.Immutable;
using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Local;

namespace AdvFit.Cli.Running;

/// <summary>The data of a live display at one moment.</summary>
/// <param name="Completed">Shuffles completed.</param>
/// <param name="Failed">Shuffles failed.</param>
/// <param name="Total">Shuffles of the sweep.</param>
/// <param name="Epochs">Epochs of each shuffle.</param>
/// <param name="Fraction">Rough share of the sweep that is done, in [0, 1].</param>
/// <param name="Left">Time left, at the speed until now; null while that is not known.</param>
/// <param name="Slots">The working slots.</param>
/// <param name="LogLines">Log lines to be shown once.</param>
internal sealed record RunDisplay(
    int Completed, int Failed, int Total, int Epochs, double Fraction, TimeSpan? Left,
    ImmutableArray<SlotDisplay> Slots, ImmutableArray<string> LogLines);

/// <summary>One slot at one moment.</summary>
internal sealed record SlotDisplay(int Slot, ShuffleProgress Progress, double? Rate, TimeSpan? Left);

/// <summary>Collects the events and progress of a run, for a display that polls. Thread-safe.</summary>
internal sealed class RunMonitor(TimeProvider clock) : ISweepObserver
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, SlotActivity> _slots = [];
    private readonly List<string> _news = [];
    private readonly long _began = clock.GetTimestamp();
    private SweepState? _state;
    private double _gainedByEnded;

    /// <inheritdoc/>
    public void Recorded(SweepEvent sweepEvent, SweepState state)
    {
        lock (_lock)
        {
            _state = state;
            if (EventLines.OfShuffle(sweepEvent, state) is { } line)
            {
                _news.Add(line);
            }

            switch (sweepEvent)
            {
                case FactRecorded { Fact: ShuffleEvaluated or AttemptFailed } ended:
                    EndShuffle(ended.Fact.Shuffle, isDone: ended.Fact is ShuffleEvaluated);
                    break;
                case ShuffleReleased released:
                    EndShuffle(released.Shuffle, isDone: false);
                    break;
            }
        }
    }

    /// <inheritdoc/>
    public void Progressed(int slot, ShuffleProgress progress)
    {
        lock (_lock)
        {
            if (_slots.TryGetValue(slot, out var activity) && activity.Latest.Shuffle == progress.Shuffle)
            {
                activity.Update(progress);
            }
            else
            {
                _slots[slot] = new SlotActivity(progress, clock);
            }
        }
    }

    /// <summary>The current data, with the log lines since the last call.</summary>
    public RunDisplay Take()
    {
        lock (_lock)
        {
            var (done, total) = _state is null ? (0, 1) : (_state.Completed + _state.Failed, _state.Shuffles.Count);
            var running = _slots.Values.Sum(slot => slot.Latest.Fraction);
            var gained = _gainedByEnded + _slots.Values.Sum(slot => slot.Gained);
            var snapshot = new RunDisplay(
                _state?.Completed ?? 0, _state?.Failed ?? 0, total, _state?.Spec.Training.Epochs ?? 0,
                Math.Min(1, (done + running) / total),
                gained > 0.02 ? clock.GetElapsedTime(_began) / gained * Math.Max(0, total - done - running) : null,
                [.. _slots.Select(slot => new SlotDisplay(slot.Key, slot.Value.Latest, slot.Value.Rate, slot.Value.Left))],
                [.. _news]);
            _news.Clear();
            return snapshot;
        }
    }

    private void EndShuffle(int shuffle, bool isDone)
    {
        foreach (var (slot, activity) in _slots.Where(slot => slot.Value.Latest.Shuffle == shuffle).ToList())
        {
            // The fraction is rough: what it lacks at the end is done all the same.
            _gainedByEnded += activity.Gained + (isDone ? 1 - activity.Latest.Fraction : 0);
            _slots.Remove(slot);
        }
    }
}
