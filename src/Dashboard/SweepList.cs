using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Queries;
using AdvFit.Sweeps.Store;

namespace AdvFit.Dashboard;

/// <summary>Lists the sweeps of a store again and again, reading only what is new. Not thread-safe.</summary>
/// <param name="store">The store, open for reading.</param>
internal sealed class SweepList(SweepStore store)
{
    private readonly Dictionary<string, SweepReplay> _replays = [];

    /// <summary>The sweeps, the latest begun first.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public LiveSummary[] Look()
    {
        var holder = store.Holder();
        return [.. store.Journal.Sweeps().Select(Summarize)];

        LiveSummary Summarize(string id)
        {
            var replay = _replays.TryGetValue(id, out var known)
                ? known.Follow(store.Journal, id)
                : SweepReplay.Of(store.Journal, id);
            _replays[id] = replay;
            var state = replay.State!;
            return new LiveSummary(
                id, state.Spec.Name, SweepStatuses.Of(state, holder).Word(), state.Completed, state.Failed, state.Shuffles.Count);
        }
    }
}
