using AdvFit.Sweeps.Store;

namespace AdvFit.Dashboard;

/// <summary>What one page sees of a store, which may come to be only while the page looks. Not thread-safe.</summary>
/// <param name="folder">The store's folder.</param>
internal sealed class StoreView(string folder) : IDisposable
{
    private SweepStore? _store;
    private SweepList? _list;
    private SweepObserver? _observer;

    /// <summary>The sweeps, the latest begun first; none where there is no store yet.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public LiveSummary[] Sweeps()
    {
        _store ??= SweepStore.OpenForReading(folder);
        _list ??= _store is null ? null : new SweepList(_store);
        return _list?.Look() ?? [];
    }

    /// <summary>What changed of the page's sweep since the last time, everything at first; null where nothing did.</summary>
    /// <param name="sweep">The sweep's id, the same each time; null while there is none.</param>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public LiveSweep? News(string? sweep)
    {
        _observer ??= _store is null || sweep is null ? null : new SweepObserver(_store, sweep);
        return _observer?.Look();
    }

    /// <inheritdoc/>
    public void Dispose() => _store?.Dispose();
}
