using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;

namespace AdvFit.Sweeps.Local;

/// <summary>
/// Watches a local host, to show what it does. The calls are part of the work: be quick, and do not throw.
/// </summary>
public interface ISweepObserver
{
    /// <summary>Something happened, and is in the journal. One call at a time, in the journal's order, from any thread.</summary>
    /// <param name="sweepEvent">What happened.</param>
    /// <param name="state">The sweep after it.</param>
    void Recorded(SweepEvent sweepEvent, SweepState state);

    /// <summary>A slot got on with its shuffle. On the slot's own thread; slots call at the same time.</summary>
    /// <param name="slot">The slot's number, from 1.</param>
    /// <param name="progress">What it is doing.</param>
    void Progressed(int slot, ShuffleProgress progress);
}
