using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Local;

namespace AdvFit.Cli.Running;

/// <summary>Tells a monitor of a sweep that another process runs: progress in whole stages, as the journal has it.</summary>
internal sealed class JournalProgress : ISweepObserver
{
    private readonly RunMonitor _monitor;

    /// <param name="monitor">Is told.</param>
    /// <param name="state">The sweep as it is when the watching begins.</param>
    public JournalProgress(RunMonitor monitor, SweepState state)
    {
        _monitor = monitor;
        monitor.Recorded(new SweepExtended(state.Spec), state);
        foreach (var shuffle in state.Running.Keys)
        {
            Tell(shuffle, state, null);
        }
    }

    /// <inheritdoc/>
    public void Recorded(SweepEvent sweepEvent, SweepState state)
    {
        _monitor.Recorded(sweepEvent, state);
        switch (sweepEvent)
        {
            case ShuffleAssigned assigned:
                Tell(assigned.Shuffle, state, null);
                break;
            case FactRecorded { Fact: var fact } when state.Shuffle(fact.Shuffle).IsRunning:
                Tell(fact.Shuffle, state, fact as EpochTrained);
                break;
        }
    }

    /// <inheritdoc/>
    public void Progressed(int slot, ShuffleProgress progress)
    {
    }

    /// <summary>A shuffle stands for the slot that works on it: the journal does not name slots.</summary>
    private void Tell(int shuffle, SweepState state, EpochTrained? epoch)
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
