using System.Collections.Immutable;
using AdvFit.Messages;
using AdvFit.Sweeps.Cluster;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Tests.Decisions;

namespace AdvFit.Sweeps.Tests.Cluster;

public class NodeDirectoryTests
{
    private const string Sweep = "quick-0123456789";
    private const string Here = "akka.tcp://advfit@10.0.0.1:4054#1";
    private const string There = "akka.tcp://advfit@10.0.0.2:4054#2";

    private readonly SimulatedSweep _sweep = new();
    private NodeDirectory _directory = NodeDirectory.Empty;

    public NodeDirectoryTests() => _sweep.Do(Some.Start());

    [Fact]
    public void What_a_node_is_about_to_be_told_and_what_it_says_it_works_on_takes_one_slot_each()
    {
        Hear(Here, slots: 3);
        Place(1, Here);
        _directory.FreeSlots(Here).ShouldBe(2);

        Hear(Here, slots: 3, Attempt(1));
        _directory.FreeSlots(Here).ShouldBe(2);
        Place(2, Here);

        _directory.FreeSlots(Here).ShouldBe(1);
    }

    [Fact]
    public void What_does_not_count_any_more_has_its_slot_until_the_node_says_otherwise()
    {
        Hear(Here, slots: 1);
        Place(1, Here);
        Hear(Here, slots: 1, Attempt(1));
        _sweep.Do(new ReleaseShuffle(1, 1));
        _directory = _directory.Follow(Sweep, _sweep.State, [1]);

        _directory.FreeSlots(Here).ShouldBe(0);
        Hear(Here, slots: 1);

        _directory.FreeSlots(Here).ShouldBe(1);
    }

    [Fact]
    public void A_node_that_leaves_or_was_never_heard_of_has_no_free_slot()
    {
        _directory = _directory.Hear(new NodeReport(Here, 2, IsLeaving: true, []), StateOf, Some.Time);

        _directory.FreeSlots(Here).ShouldBe(0);
        _directory.FreeSlots(There).ShouldBe(0);
    }

    [Fact]
    public void Attempts_that_a_node_does_not_speak_of_for_too_long_are_told_again()
    {
        Hear(Here, slots: 2);
        Place(1, Here);
        var report = new NodeReport(Here, 2, IsLeaving: false, []);

        _directory.Unstarted(report, Some.Time + NodeDirectory.Patience - TimeSpan.FromTicks(1)).ShouldBeEmpty();
        _directory.Unstarted(report, Some.Time + NodeDirectory.Patience).ShouldBe([Attempt(1)]);
    }

    [Fact]
    public void Only_when_every_member_has_spoken_are_attempts_without_a_node_lost()
    {
        _sweep.Do(new AssignNext());
        Hear(Here, slots: 1);

        _directory.Orphans(Sweep, _sweep.State, [Here, There]).ShouldBeEmpty();
        Hear(There, slots: 1);
        _directory.Orphans(Sweep, _sweep.State, [Here, There]).ShouldBe([Attempt(1)]);
        Hear(There, slots: 1, Attempt(1));

        _directory.Orphans(Sweep, _sweep.State, [Here, There]).ShouldBeEmpty();
    }

    [Fact]
    public void A_sweep_that_is_learned_of_after_the_reports_has_what_they_spoke_of()
    {
        _sweep.Do(new AssignNext());
        _directory = _directory.Hear(
            new NodeReport(Here, 1, IsLeaving: false, [new AttemptProgress(Attempt(1), null)]), _ => null, Some.Time);

        _directory = _directory.Learn(Sweep, _sweep.State, Some.Time);

        _directory.Orphans(Sweep, _sweep.State, [Here]).ShouldBeEmpty();
        _directory.FreeSlots(Here).ShouldBe(0);
    }

    [Fact]
    public void A_sweep_that_is_learned_of_again_has_nothing_that_does_not_count_any_more()
    {
        Hear(Here, slots: 1);
        Place(1, Here);
        _sweep.Do(new ReleaseShuffle(1, 1));

        _directory = _directory.Learn(Sweep, _sweep.State, Some.Time);

        _directory.FreeSlots(Here).ShouldBe(1);
    }

    [Fact]
    public void A_node_that_is_gone_loses_what_it_had_and_nothing_else()
    {
        Hear(Here, slots: 2);
        Hear(There, slots: 2);
        Place(1, Here);
        Place(2, There);
        Place(3, Here);

        (_directory, var lost) = _directory.Remove(Here);

        lost.ShouldBe([Attempt(1), Attempt(3)]);
        _directory.FreeSlots(Here).ShouldBe(0);
        _directory.FreeSlots(There).ShouldBe(1);
    }

    [Fact]
    public void Orders_stop_at_once_what_does_not_count_and_at_a_safe_point_what_should_rest()
    {
        _sweep.Do(new AssignNext());
        OrdersFor(Attempt(1)).ShouldBeEmpty();
        OrdersFor(new AttemptId(Sweep, 1, 0), new AttemptId(Sweep, 9, 1), new AttemptId("unknown", 1, 1)).ShouldBe(
            [new AttemptOrder(new AttemptId(Sweep, 1, 0), AttemptStop.AtOnce), new AttemptOrder(new AttemptId(Sweep, 9, 1), AttemptStop.AtOnce)]);

        _sweep.Do(new PauseSweep());
        OrdersFor(Attempt(1)).ShouldBe([new AttemptOrder(Attempt(1), AttemptStop.AtSafePoint)]);
        _sweep.Do(new CancelSweep());

        OrdersFor(Attempt(1)).ShouldBe([new AttemptOrder(Attempt(1), AttemptStop.AtOnce)]);
    }

    [Fact]
    public void Nobody_works_on_a_sweep_that_is_given_up_and_its_slots_are_free_once_they_say_so()
    {
        Place(1, Here);
        Hear(Here, 2, Attempt(1));

        NodeDirectory.OrdersFor(Report(Here, 2, [Attempt(1)]), _ => null, sweep => sweep == Sweep).Stop.ShouldBe(
            [new AttemptOrder(Attempt(1), AttemptStop.AtOnce)]);
        var without = _directory.Forget(Sweep);
        without.Placements.ShouldBeEmpty();
        without.FreeSlots(Here).ShouldBe(1);
        without.IsIdle(Sweep, [Here]).ShouldBeFalse();
        var idle = without.Hear(Report(Here, 2, []), _ => null, Some.Time);
        idle.FreeSlots(Here).ShouldBe(2);
        idle.IsIdle(Sweep, [Here]).ShouldBeTrue();
        idle.IsIdle(Sweep, [Here, There]).ShouldBeFalse();
    }

    [Fact]
    public void An_attempt_that_is_newer_than_what_is_known_goes_on_for_whoever_does_not_know_it_was_overtaken()
    {
        _sweep.Do(new AssignNext());

        OrdersFor(new AttemptId(Sweep, 1, 2)).ShouldBeEmpty();
        _sweep.Do(new CancelSweep());
        OrdersFor(new AttemptId(Sweep, 1, 2)).ShouldBeEmpty();
    }

    private static AttemptId Attempt(int shuffle) => new(Sweep, shuffle, 1);

    private ImmutableArray<AttemptOrder> OrdersFor(params AttemptId[] running) =>
        NodeDirectory.OrdersFor(Report(Here, 1, running), StateOf).Stop;

    /// <summary>The next shuffle, which must be this one, is for a node.</summary>
    private void Place(int shuffle, string node)
    {
        _sweep.Do(new AssignNext()).Events.ShouldBe([new ShuffleAssigned(shuffle, 1)]);
        _directory = _directory.Place(Attempt(shuffle), node, Some.Time);
    }

    private void Hear(string node, int slots, params AttemptId[] running) =>
        _directory = _directory.Hear(Report(node, slots, running), StateOf, Some.Time);

    private static NodeReport Report(string node, int slots, AttemptId[] running) =>
        new(node, slots, IsLeaving: false, [.. running.Select(attempt => new AttemptProgress(attempt, null))]);

    private SweepState? StateOf(string sweep) => sweep == Sweep ? _sweep.State : null;
}
