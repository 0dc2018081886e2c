using AdvFit.Sweeps.Decisions;

namespace AdvFit.Sweeps.Local;

/// <summary>
/// Stops the slots when the sweep stops: at their next safe point when it is paused or halted by a failure, at once when it
/// is cancelled. A sweep that goes on gives fresh signals to the attempts that follow. Thread-safe.
/// </summary>
internal sealed class SlotCancellation : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<CancellationTokenSource> _sources = [];
    private CancellationTokenSource _safePoint;
    private CancellationTokenSource _atOnce;

    public SlotCancellation() => (_safePoint, _atOnce) = (Create(), Create());

    /// <summary>Signals the attempts that begin now to stop at a safe point.</summary>
    public CancellationToken SafePoint
    {
        get
        {
            lock (_lock)
            {
                return _safePoint.Token;
            }
        }
    }

    /// <summary>Signals the attempts that begin now to stop at once.</summary>
    public CancellationToken AtOnce
    {
        get
        {
            lock (_lock)
            {
                return _atOnce.Token;
            }
        }
    }

    /// <summary>Does what the sweep wants now.</summary>
    public void Follow(SweepState state)
    {
        lock (_lock)
        {
            _safePoint = Follow(_safePoint, state.WantsRest);
            _atOnce = Follow(_atOnce, state.IsCancelled);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _sources.ForEach(source => source.Dispose());

    private CancellationTokenSource Follow(CancellationTokenSource source, bool wanted)
    {
        if (wanted)
        {
            source.Cancel();
            return source;
        }

        return source.IsCancellationRequested ? Create() : source;
    }

    private CancellationTokenSource Create()
    {
        var source = new CancellationTokenSource();
        _sources.Add(source);
        return source;
    }
}
