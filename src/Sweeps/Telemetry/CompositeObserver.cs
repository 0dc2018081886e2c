using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Local;

namespace AdvFit.Sweeps.Telemetry;

/// <summary>Passes every call on to several observers.</summary>
/// <param name="observers">Called in this order.</param>
public sealed class CompositeObserver(params ISweepObserver[] observers) : ISweepObserver
{
    /// <inheritdoc/>
    public void Recorded(SweepEvent sweepEvent, SweepState state)
    {
        foreach (var observer in observers)
        {
            observer.Recorded(sweepEvent, state);
        }
    }

    /// <inheritdoc/>
    public void Progressed(int slot, ShuffleProgress progress)
    {
        foreach (var observer in observers)
        {
            observer.Progressed(slot, progress);
        }
    }
}
