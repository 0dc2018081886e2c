using AdvFit.Cli.Running;
using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;

namespace AdvFit.Api.Tests;

/// <summary>What a display shows of a sweep that nodes work on.</summary>
public sealed class Progress_of_nodes
{
    [Fact]
    public void Only_attempts_at_shuffles_of_the_sweep_that_run_are_shown()
    {
        var state = SweepState.Apply(null, new SweepPlanned(Some.Spec, Some.Data), Some.Time);
        foreach (var sweepEvent in new SweepEvent[] { new SessionStarted(Some.Session), new ShuffleAssigned(1, 1), new ShuffleAssigned(2, 1) })
        {
            state = SweepState.Apply(state, sweepEvent, Some.Time);
        }

        var monitor = new RunMonitor(new HastyClock());
        new NodeProgress(monitor, state, "quick").Update(
            [
                new NodeSnapshot("a", NodeStatus.Up, 4, Some.Time, [Slot(0, "quick", 1, 1), Slot(1, "quick", 2, 7), Slot(2, "other", 2, 1)]),
                new NodeSnapshot("b", NodeStatus.Leaving, 1, Some.Time, [Slot(0, "quick", 3, 1)]),
            ],
            state);

        var shown = monitor.Take();
        shown.Slots.Select(slot => slot.Progress).ShouldBe([Slot(0, "quick", 1, 1).Progress]);
        (shown.Total, shown.Epochs).ShouldBe((3, Some.Epochs));
    }

    private static SlotSnapshot Slot(int slot, string sweep, int shuffle, int attempt) =>
        new(slot, sweep, attempt, new ShuffleProgress(shuffle, "train", 1, 10, 50, null, 0.1));
}
