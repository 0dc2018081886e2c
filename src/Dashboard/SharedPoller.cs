using System.Collections.Immutable;
using AdvFit.Api;
using AdvFit.Sweeps;
using AdvFit.Sweeps.Queries;
using AdvFit.Sweeps.Store;

namespace AdvFit.Dashboard;

/// <summary>What there is to be seen, as far as one page looks at it.</summary>
/// <param name="Sweeps">The sweeps, the latest begun first; null until that is known.</param>
/// <param name="Nodes">The nodes by name; null where there is no such thing.</param>
/// <param name="Sweep">The page's sweep with all its shuffles; null where there is none.</param>
/// <param name="Trouble">Why it may be old, in a sentence; null where it is not.</param>
internal sealed record DashboardSnapshot(
    ImmutableArray<LiveSummary>? Sweeps, ImmutableArray<LiveNode>? Nodes, LiveSweep? Sweep, string? Trouble);

/// <summary>
/// What all pages see, asked for once for all of them, and only while one looks. What was seen stays where it cannot be asked
/// for any more. Thread-safe.
/// </summary>
/// <param name="source">Where the sweeps are.</param>
/// <param name="clock">Tells when to look again.</param>
/// <param name="stop">Gives up what is waited for.</param>
internal sealed class SharedPoller(DashboardSource source, TimeProvider clock, CancellationToken stop) : IDisposable
{
    private static readonly TimeSpan UntilForgotten = TimeSpan.FromMinutes(1), UntilAbandoned = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly Dictionary<string, ObservedSweep> _observed = [];
    private readonly RefreshTimer _listing = new(), _noding = new(), _failing = new();
    private ISweepSource? _sweeps;
    private NodeObserver? _nodeObserver;
    private ImmutableArray<SweepSummary>? _list;
    private ImmutableArray<LiveNode>? _nodes;
    private string? _trouble;

    /// <summary>Looks, unless another page just did.</summary>
    /// <param name="sweep">The id of the page's sweep; null for the newest.</param>
    /// <exception cref="OperationCanceledException">The view was stopped.</exception>
    public async Task<DashboardSnapshot> LookAsync(string? sweep)
    {
        await _oneAtATime.WaitAsync(stop);
        try
        {
            return await Task.Run(() => Look(sweep), stop);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // A look that a page did not wait for ends first.
        _oneAtATime.Wait(UntilAbandoned);
        _oneAtATime.Dispose();
        _sweeps?.Dispose();
    }

    private DashboardSnapshot Look(string? asked)
    {
        if (_trouble is null || _failing.IsDue(clock, source.Interval))
        {
            try
            {
                _trouble = null;
                Refresh(asked);
            }
            catch (Exception error) when (error is SweepException or IOException)
            {
                _trouble = error.Message;
                _failing.Take(clock);
            }
        }

        var sweep = asked ?? Newest;
        return new DashboardSnapshot(
            _list is { } list ? [.. list.Select(Summarize)] : null, _nodes,
            sweep is null ? null : _observed.GetValueOrDefault(sweep)?.Observer.Seen, _trouble);
    }

    private string? Newest => _list?.FirstOrDefault()?.Id;

    private static LiveSummary Summarize(SweepSummary sweep) =>
        new(sweep.Id, sweep.Name, sweep.Status.Word(), sweep.Completed, sweep.Failed, sweep.Total);

    private void Refresh(string? asked)
    {
        _sweeps ??= source.Open(stop);
        if (_sweeps is null)
        {
            _list = [];
            return;
        }

        if (_listing.IsDue(clock, source.ListInterval))
        {
            var list = _sweeps.List();
            _list = list;
            ForgetOthers(list);
            _listing.Take(clock);
        }

        if (_sweeps is INodeSource nodes && _noding.IsDue(clock, source.Interval))
        {
            _nodeObserver ??= new NodeObserver(nodes, clock);
            _nodes = _nodeObserver.Look();
            _noding.Take(clock);
        }

        if ((asked ?? Newest) is { } sweep)
        {
            Observe(sweep);
        }
    }

    private void Observe(string sweep)
    {
        if (!_observed.TryGetValue(sweep, out var observed))
        {
            observed = new ObservedSweep(new SweepObserver(_sweeps!, sweep));
        }

        observed.Wanted.Take(clock);
        if (observed.Looking.IsDue(clock, source.Interval))
        {
            try
            {
                if (observed.Observer.Look(_nodes) is null)
                {
                    throw new SweepException($"There is no sweep `{sweep}` in {source.Place}.");
                }
            }
            catch (StoreException)
            {
                // What was read so far cannot be added to; the next look begins anew.
                _observed.Remove(sweep);
                throw;
            }

            observed.Looking.Take(clock);
            _observed[sweep] = observed;
        }
    }

    /// <summary>Forgets sweeps that no page looks at, and those that are gone or, with the journal, of another past.</summary>
    private void ForgetOthers(ImmutableArray<SweepSummary> list)
    {
        foreach (var (sweep, observed) in _observed.ToList())
        {
            var summary = list.FirstOrDefault(each => each.Id == sweep);
            if (summary is null || summary.Updated < observed.Observer.Seen!.Updated || observed.Wanted.IsDue(clock, UntilForgotten))
            {
                _observed.Remove(sweep);
            }
        }
    }

    private sealed record ObservedSweep(SweepObserver Observer)
    {
        public RefreshTimer Looking { get; } = new();

        public RefreshTimer Wanted { get; } = new();
    }

    /// <summary>When something was done last.</summary>
    private sealed class RefreshTimer
    {
        /// <summary>Pages come a little early now and then, and should not have to wait for the next time.</summary>
        private const double Tolerance = 0.9;

        private long? _last;

        public bool IsDue(TimeProvider clock, TimeSpan interval) =>
            _last is not { } last || clock.GetElapsedTime(last) >= interval * Tolerance;

        public void Take(TimeProvider clock) => _last = clock.GetTimestamp();
    }
}
