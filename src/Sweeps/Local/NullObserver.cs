using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;

namespace AdvFit.Sweeps.Local;

/// <summary>An observer that ignores everything.</summary>
internal sealed class NullObserver : ISweepObserver
{
    public static NullObserver Instance { get; } = new();

    /// <inheritdoc/>
    public void Recorded(SweepEvent sweepEvent, SweepState state)
    {
    }

    /// <inheritdoc/>
    public void Progressed(int slot, ShuffleProgress progress)
    {
    }
}
