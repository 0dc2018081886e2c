using System.Collections.Immutable;
using AdvFit.Api;
using AdvFit.Sweeps;
using AdvFit.Sweeps.Queries;
using AdvFit.Sweeps.Store;

namespace AdvFit.Dashboard;

/// <summary>The data of one page at one moment.</summary>
/// <param name="Sweeps">The sweeps, the latest begun first; null until that is known.</param>
/// <param name="Nodes">The nodes by name; null for a store, which has none.</param>
/// <param name="Sweep">The page's sweep with all its shuffles; null where there is none yet.</param>
/// <param name="Trouble">Why the data may be old, in a sentence; null where they are current.</param>
internal sealed record DashboardSnapshot(
    ImmutableArray<LiveSweepSummary>? Sweeps, ImmutableArray<LiveNode>? Nodes, LiveSweep? Sweep, string? Trouble);

/// <summary>
/// Polls the source once for all pages, and only while there are pages. Where polling fails the latest data stay. Thread-safe.
/// </summary>
/// <param name="source">The source of the sweeps.</param>
/// <param name="clock">Times the polls.</param>
/// <param name="stop">Cancels the waits.</param>
internal sealed class SharedPoller(DashboardSource source, TimeProvider clock, CancellationToken stop) : IDisposable
{
    private static readonly TimeSpan UntilForgotten = TimeSpan.FromMinutes(1), UntilAbandoned = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly Dictionary<string, PolledSweep> _polled = [];
    private readonly RefreshTimer _sweepsListed = new(), _nodesPolled = new(), _failed = new();
    private ISweepSource? _sweeps;
    private NodePoller? _nodePoller;
    private ImmutableArray<SweepSummary>? _list;
    private ImmutableArray<LiveNode>? _nodes;
    private string? _trouble;

    /// <summary>Polls what another page has not polled just now, and returns the data of a page.</summary>
    /// <param name="sweep">The id of the page's sweep; null for the newest.</param>
    /// <exception cref="OperationCanceledException">The poller was stopped.</exception>
    public async Task<DashboardSnapshot> PollAsync(string? sweep)
    {
        await _oneAtATime.WaitAsync(stop);
        try
        {
            return await Task.Run(() => Poll(sweep), stop);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // A poll that no page waits for any more ends first.
        _oneAtATime.Wait(UntilAbandoned);
        _oneAtATime.Dispose();
        _sweeps?.Dispose();
    }

    private DashboardSnapshot Poll(string? asked)
    {
        if (_trouble is null || _failed.IsDue(clock, source.Interval))
        {
            try
            {
                _trouble = null;
                Refresh(asked);
            }
            catch (Exception error) when (error is SweepException or IOException)
            {
                _trouble = error.Message;
                _failed.Restart(clock);
            }
        }

        var sweep = asked ?? Newest;
        return new DashboardSnapshot(
            _list is { } list ? [.. list.Select(Summarize)] : null, _nodes,
            sweep is null ? null : _polled.GetValueOrDefault(sweep)?.Poller.Latest, _trouble ?? QuarantineOf(sweep));
    }

    private string? Newest => (_list?.FirstOrDefault(sweep => sweep.Trouble is null) ?? _list?.FirstOrDefault())?.Id;

    /// <summary>Why a sweep is quarantined, and then not shown; null for every other.</summary>
    private string? QuarantineOf(string? sweep) => _list?.FirstOrDefault(each => each.Id == sweep)?.Trouble;

    private static LiveSweepSummary Summarize(SweepSummary sweep) =>
        new(sweep.Id, sweep.Name, sweep.Status.Word(), sweep.Completed, sweep.Failed, sweep.Total);

    private void Refresh(string? asked)
    {
        _sweeps ??= source.Open(stop);
        if (_sweeps is null)
        {
            _list = [];
            return;
        }

        if (_sweepsListed.IsDue(clock, source.ListInterval))
        {
            var list = _sweeps.List();
            _list = list;
            ForgetOthers(list);
            _sweepsListed.Restart(clock);
        }

        if (_sweeps is INodeSource nodes && _nodesPolled.IsDue(clock, source.Interval))
        {
            _nodePoller ??= new NodePoller(nodes, clock);
            _nodes = _nodePoller.Poll();
            _nodesPolled.Restart(clock);
        }

        if ((asked ?? Newest) is { } sweep && QuarantineOf(sweep) is null)
        {
            PollSweep(sweep);
        }
    }

    private void PollSweep(string sweep)
    {
        if (!_polled.TryGetValue(sweep, out var polled))
        {
            polled = new PolledSweep(new SweepPoller(_sweeps!, sweep));
        }

        polled.Wanted.Restart(clock);
        if (polled.Polled.IsDue(clock, source.Interval))
        {
            try
            {
                if (polled.Poller.Poll(_nodes) is null)
                {
                    throw new SweepException($"There is no sweep `{sweep}` in {source.Place}.");
                }
            }
            catch (StoreException)
            {
                // What was read so far cannot be continued; the next poll begins anew.
                _polled.Remove(sweep);
                throw;
            }

            polled.Polled.Restart(clock);
            _polled[sweep] = polled;
        }
    }

    /// <summary>Forgets sweeps that no page shows, and those that are gone or, with another journal, have another past.</summary>
    private void ForgetOthers(ImmutableArray<SweepSummary> list)
    {
        foreach (var (sweep, polled) in _polled.ToList())
        {
            var summary = list.FirstOrDefault(each => each.Id == sweep);
            if (summary is null || summary.Updated < polled.Poller.Latest!.Updated || polled.Wanted.IsDue(clock, UntilForgotten))
            {
                _polled.Remove(sweep);
            }
        }
    }

    private sealed record PolledSweep(SweepPoller Poller)
    {
        public RefreshTimer Polled { get; } = new();

        public RefreshTimer Wanted { get; } = new();
    }

    /// <summary>Measures the time since something was done.</summary>
    private sealed class RefreshTimer
    {
        /// <summary>Pages poll a little early now and then, and should not have to wait a whole interval.</summary>
        private const double Tolerance = 0.9;

        private long? _last;

        public bool IsDue(TimeProvider clock, TimeSpan interval) =>
            _last is not { } last || clock.GetElapsedTime(last) >= interval * Tolerance;

        public void Restart(TimeProvider clock) => _last = clock.GetTimestamp();
    }
}
