using System.Collections.Immutable;
using AdvFit.Api;
using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Local;

namespace AdvFit.Cli.Running;

/// <summary>Feeds a monitor with the progress that the nodes of a server report on a sweep.</summary>
internal sealed class NodeProgress : ISweepObserver
{
    private readonly RunMonitor _monitor;
    private readonly string _sweep;

    /// <param name="monitor">The monitor.</param>
    /// <param name="state">The sweep's state at the beginning.</param>
    /// <param name="sweep">The sweep's id.</param>
    public NodeProgress(RunMonitor monitor, SweepState state, string sweep)
    {
        (_monitor, _sweep) = (monitor, sweep);
        monitor.Recorded(new SweepExtended(state.Spec), state);
    }

    /// <inheritdoc/>
    public void Recorded(SweepEvent sweepEvent, SweepState state) => _monitor.Recorded(sweepEvent, state);

    /// <inheritdoc/>
    public void Progressed(int slot, ShuffleProgress progress)
    {
    }

    /// <summary>Passes on the progress of running attempts, each under the number of its shuffle.</summary>
    public void Update(ImmutableArray<NodeSnapshot> nodes, SweepState state)
    {
        foreach (var slot in nodes.SelectMany(node => node.Working).Where(slot => slot.Sweep == _sweep))
        {
            if (state.Running.ContainsKey(slot.Progress.Shuffle) && state.Shuffle(slot.Progress.Shuffle).Attempt == slot.Attempt)
            {
                _monitor.Progressed(slot.Progress.Shuffle, slot.Progress);
            }
        }
    }
}
