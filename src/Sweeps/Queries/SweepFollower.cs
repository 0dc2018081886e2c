using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Store;

namespace AdvFit.Sweeps.Queries;

/// <summary>Follows a sweep in its journal, whoever writes it. Not thread-safe.</summary>
public sealed class SweepFollower
{
    private readonly SweepStore _store;
    private readonly string _sweep;
    private SweepReplay _replay;

    /// <param name="store">The store, open for reading.</param>
    /// <param name="sweep">The id of a sweep that it has.</param>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public SweepFollower(SweepStore store, string sweep) =>
        (_store, _sweep, _replay) = (store, sweep, SweepReplay.Of(store.Journal, sweep));

    /// <summary>The sweep as it was when it was last looked at.</summary>
    public SweepState State => _replay.State!;

    /// <summary>Whether a process works on it just now.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public bool IsLive => SweepStatuses.IsLive(State, _store.Holder());

    /// <summary>What happened since the last time, each with the sweep after it.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public IReadOnlyList<(SweepEvent Event, SweepState State)> Look()
    {
        var news = new List<(SweepEvent, SweepState)>();
        foreach (var entry in _store.Journal.Read(_sweep, _replay.Number))
        {
            _replay = _replay.Add(new TimedEvent(entry.At, entry.Event));
            news.Add((entry.Event, State));
        }

        return news;
    }
}
