using System.Collections.Immutable;
using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Store;

namespace AdvFit.Dashboard;

/// <summary>Collects the trained epochs of running shuffles from the events. Not thread-safe.</summary>
/// <param name="journal">The journal.</param>
/// <param name="sweep">The sweep's id.</param>
internal sealed class RunningEpochs(IJournalReader journal, string sweep)
{
    private readonly Dictionary<int, ImmutableSortedDictionary<int, EpochTrained>> _epochs = [];
    private readonly HashSet<(int Shuffle, int Attempt)> _sought = [];

    /// <summary>Adds an event. Of an epoch that was trained again, the latest fact counts.</summary>
    public void Add(SweepEvent sweepEvent)
    {
        if (sweepEvent is FactRecorded { Fact: EpochTrained epoch })
        {
            _epochs[epoch.Shuffle] = Known(epoch.Shuffle).SetItem(epoch.Epoch, epoch);
        }
    }

    /// <summary>
    /// Reads the latest events, among which most epochs of running shuffles are. <see cref="Of"/> reads the others one by one.
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

    /// <summary>The trained epochs of a running shuffle, in their order.</summary>
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

        // Epochs that are to be trained again do not count.
        return [.. Known(shuffle).Values.Where(epoch => epoch.Epoch <= done)];
    }

    /// <summary>Forgets the completed shuffles.</summary>
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
