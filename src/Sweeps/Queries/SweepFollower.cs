using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Store;

namespace AdvFit.Sweeps.Queries;

/// <summary>Follows a sweep by polling its journal, whichever process works on it. Not thread-safe.</summary>
public sealed class SweepFollower
{
    private readonly ISweepSource _source;
    private readonly string _sweep;
    private SweepReplay _replay;

    /// <param name="source">Where it is.</param>
    /// <param name="sweep">The id of a sweep that is there.</param>
    /// <exception cref="StoreException">It cannot be read.</exception>
    public SweepFollower(ISweepSource source, string sweep) =>
        (_source, _sweep, _replay) = (source, sweep, SweepReplay.Of(source.Journal, sweep));

    /// <summary>The sweep as it was when it was last looked at.</summary>
    public SweepState State => _replay.State!;

    /// <summary>Whether a process works on it at present.</summary>
    /// <exception cref="StoreException">It cannot be read.</exception>
    public bool IsLive => _source.IsLive(_sweep, State);

    /// <summary>What happened since the last time, each with the sweep after it.</summary>
    /// <exception cref="StoreException">It cannot be read.</exception>
    public IReadOnlyList<(SweepEvent Event, SweepState State)> Look()
    {
        var news = new List<(SweepEvent, SweepState)>();
        foreach (var entry in _source.Journal.Read(_sweep, _replay.Number))
        {
            _replay = _replay.Add(new TimedEvent(entry.At, entry.Event));
            news.Add((entry.Event, State));
        }

        return news;
    }
}
