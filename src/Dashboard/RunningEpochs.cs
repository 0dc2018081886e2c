using System.Collections.Immutable;
using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Store;

namespace AdvFit.Dashboard;

/// <summary>How the shuffles at work were trained so far, epoch by epoch, from the events as they come. Not thread-safe.</summary>
/// <param name="journal">Where the events are.</param>
/// <param name="sweep">The sweep's id.</param>
internal sealed class RunningEpochs(IJournalReader journal, string sweep)
{
    private readonly Dictionary<int, ImmutableSortedDictionary<int, EpochTrained>> _epochs = [];
    private readonly HashSet<(int Shuffle, int Attempt)> _sought = [];

    /// <summary>Takes in an event that came. An epoch may be trained again, and counts as it was recorded last.</summary>
    public void Add(SweepEvent sweepEvent)
    {
        if (sweepEvent is FactRecorded { Fact: EpochTrained epoch })
        {
            _epochs[epoch.Shuffle] = Known(epoch.Shuffle).SetItem(epoch.Epoch, epoch);
        }
    }

    /// <summary>
    /// Looks for the epochs of the shuffles at work among the latest events, where they are but for those of shuffles that
    /// much was done of since they began.
    /// </summary>
    /// <param name="state">The sweep.</param>
    /// <param name="number">Number of its last event.</param>
    /// <exception cref="StoreException">The journal cannot be read.</exception>
    public void SeekLatest(SweepState state, long number)
    {
        if (state.Running.IsEmpty)
        {
            return;
        }

        var stages = state.Plan.Workflow.Phases.Sum(phase => phase.Stages.Count());
        foreach (var entry in journal.Read(sweep, Math.Max(0, number - 2L * (stages + 1) * state.Running.Count)))
        {
            if (entry.Number <= number)
            {
                Add(entry.Event);
            }
        }
    }

    /// <summary>The epochs that are done of a shuffle at work, in their order.</summary>
    /// <exception cref="StoreException">The journal cannot be read.</exception>
    public ImmutableArray<EpochTrained> Of(SweepState state, int shuffle)
    {
        var (done, attempt) = (state.Shuffle(shuffle).Done.Steps, state.Shuffle(shuffle).Attempt);
        if (!Enumerable.Range(1, done).All(Known(shuffle).ContainsKey) && _sought.Add((shuffle, attempt)))
        {
            foreach (var entry in journal.ReadShuffle(sweep, shuffle, typeof(EpochTrained)))
            {
                Add(entry.Event);
            }
        }

        // Those that are to be trained again do not count.
        return [.. Known(shuffle).Values.Where(epoch => epoch.Epoch <= done)];
    }

    /// <summary>Forgets the shuffles that nobody works on any more.</summary>
    public void Forget(SweepState state)
    {
        foreach (var shuffle in _epochs.Keys.Where(number => state.Shuffle(number).Status == ShuffleStatus.Completed).ToList())
        {
            _epochs.Remove(shuffle);
        }
    }

    private ImmutableSortedDictionary<int, EpochTrained> Known(int shuffle) =>
        _epochs.GetValueOrDefault(shuffle) ?? ImmutableSortedDictionary<int, EpochTrained>.Empty;
}
