using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Store;

namespace AdvFit.Sweeps.Journal;

/// <summary>A sweep as its journal has it.</summary>
/// <param name="State">The state after the last event; null where there is none.</param>
/// <param name="Number">Number of the last event; 0 where there is none.</param>
public sealed record SweepReplay(SweepState? State, long Number)
{
    /// <summary>Folds the events of a sweep.</summary>
    /// <exception cref="StoreException">The journal is damaged or cannot be read.</exception>
    public static SweepReplay Of(IJournal journal, string sweep)
    {
        var replay = new SweepReplay(null, 0);
        foreach (var entry in journal.Read(sweep))
        {
            replay = new SweepReplay(SweepState.Apply(replay.State, entry.Event, entry.At), entry.Number);
        }

        return replay;
    }
}
