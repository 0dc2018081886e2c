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
    private readonly Dictionary<int, ImmutableList<EpochTrained>> _epochs = [];
    private readonly HashSet<(int Shuffle, int Attempt)> _sought = [];

    /// <summary>Takes in an event that came.</summary>
    public void Add(SweepEvent sweepEvent)
    {
        if (sweepEvent is FactRecorded { Fact: EpochTrained epoch })
        {
            _epochs[epoch.Shuffle] = Known(epoch.Shuffle).RemoveAll(other => other.Epoch >= epoch.Epoch).Add(epoch);
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

    /// <summary>The epochs that are done of a shuffle at work.</summary>
    /// <exception cref="StoreException">The journal cannot be read.</exception>
    public ImmutableList<EpochTrained> Of(SweepState state, int shuffle)
    {
        var (done, attempt) = (state.Shuffle(shuffle).Done.Steps, state.Shuffle(shuffle).Attempt);
        if (Known(shuffle).Count < done && _sought.Add((shuffle, attempt)))
        {
            foreach (var entry in journal.ReadShuffle(sweep, shuffle, typeof(EpochTrained)))
            {
                Add(entry.Event);
            }
        }

        // Those that are to be trained again do not count.
        return Known(shuffle).RemoveAll(epoch => epoch.Epoch > done);
    }

    /// <summary>Forgets the shuffles that nobody works on any more.</summary>
    public void Forget(SweepState state)
    {
        foreach (var shuffle in _epochs.Keys.Where(number => state.Shuffle(number).Status == ShuffleStatus.Completed).ToList())
        {
            _epochs.Remove(shuffle);
        }
    }

    private ImmutableList<EpochTrained> Known(int shuffle) => _epochs.GetValueOrDefault(shuffle) ?? [];
}
