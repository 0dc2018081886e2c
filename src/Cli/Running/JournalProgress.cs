using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Local;

namespace AdvFit.Cli.Running;

/// <summary>Feeds a monitor with the events of a sweep that another process runs; its progress is in whole stages.</summary>
internal sealed class JournalProgress : ISweepObserver
{
    private readonly RunMonitor _monitor;

    /// <param name="monitor">The monitor.</param>
    /// <param name="state">The sweep's state at the beginning.</param>
    public JournalProgress(RunMonitor monitor, SweepState state)
    {
        _monitor = monitor;
        monitor.Recorded(new SweepExtended(state.Spec), state);
        foreach (var shuffle in state.Running.Keys)
        {
            Report(shuffle, state, null);
        }
    }

    /// <inheritdoc/>
    public void Recorded(SweepEvent sweepEvent, SweepState state)
    {
        _monitor.Recorded(sweepEvent, state);
        switch (sweepEvent)
        {
            case ShuffleAssigned assigned:
                Report(assigned.Shuffle, state, null);
                break;
            case FactRecorded { Fact: var fact } when state.Shuffle(fact.Shuffle).IsRunning:
                Report(fact.Shuffle, state, fact as EpochTrained);
                break;
        }
    }

    /// <inheritdoc/>
    public void Progressed(int slot, ShuffleProgress progress)
    {
    }

    /// <summary>Reports the progress of a shuffle under its own number, for the journal does not name slots.</summary>
    private void Report(int shuffle, SweepState state, EpochTrained? epoch)
    {
        var (plan, done) = (state.Plan, state.Shuffle(shuffle).Done);
        var total = plan.Workflow.Phases.Sum(phase => Math.Max(phase.Steps, phase.Items.Length));
        var count = done.Steps + plan.Workflow.Phases.Where(phase => phase.Steps == 0)
            .Sum(phase => phase.Stages.Count(stage => plan.Has(done, stage)));
        var next = plan.Next(done);
        _monitor.Progressed(shuffle, new ShuffleProgress(
            shuffle, state.Doing(shuffle), next is { Step: > 0 } step ? step.Step : null, count, total,
            epoch is null ? null : (double)epoch.TestCorrect / (state.Spec.Subsample?.Test ?? state.Data.Test),
            (double)count / total));
    }
}
