using System.Collections.Immutable;
using AdvFit.Api;
using AdvFit.Experiments;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace AdvFit.Dashboard.Tests;

/// <summary>What is seen of nodes.</summary>
public sealed class Polled_nodes : INodeSource
{
    private readonly ManualClock _clock = new();
    private readonly NodePoller _poller;
    private ImmutableArray<NodeSnapshot> _nodes = [];

    public Polled_nodes() => _poller = new NodePoller(this, _clock);

    public ImmutableArray<NodeSnapshot> Nodes() => _nodes;

    [Property]
    public Property The_rate_is_that_of_all_slots_that_train_steadily() => Prop.ForAll(
        Gen.Choose(1, 600).ListOf(3).ToArbitrary(), Gen.Choose(2, 120).ToArbitrary(), (perMinute, seconds) =>
        {
            var (clock, standings) = (new ManualClock(), new Polled_nodes());
            var poller = new NodePoller(standings, clock);
            double? seen = null;
            for (var second = 0; second <= seconds; second++)
            {
                clock.Passed = TimeSpan.FromSeconds(second);
                standings._nodes = [Node("a", NodeStatus.Up, [.. perMinute.Select((rate, slot) => Training(slot, second * rate / 60.0))])];
                seen = poller.Poll().Single().EpochsPerMinute;
            }

            seen.ShouldNotBeNull().ShouldBe(perMinute.Sum(), tolerance: 1e-3 * perMinute.Sum() + 0.2);
        });

    [Fact]
    public void Another_attempt_or_stage_begins_anew()
    {
        Look(0, Node("a", NodeStatus.Up, [Training(0, 5)])).Single().EpochsPerMinute.ShouldBeNull();
        Look(10, Node("a", NodeStatus.Up, [Training(0, 10)])).Single().EpochsPerMinute.ShouldBe(30);
        Look(20, Node("a", NodeStatus.Up, [Training(0, 0, attempt: 2)])).Single().EpochsPerMinute.ShouldBeNull();
        Look(30, Node("a", NodeStatus.Up, [Training(0, 5, attempt: 2)])).Single().EpochsPerMinute.ShouldBe(30);
        Look(40, Node("a", NodeStatus.Up, [Attacking(0, attempt: 2)])).Single().EpochsPerMinute.ShouldBeNull();
        var node = Look(50, Node("a", NodeStatus.Up, [Attacking(0, attempt: 2)])).Single();
        node.Working.ShouldBe([new LiveNodeSlot("quick", 1, 2, "attack fgsm", 0.5)]);
    }

    [Fact]
    public void A_node_that_is_gone_is_lost_or_has_left_and_is_forgotten_in_the_end()
    {
        var (a, b) = (Node("a", NodeStatus.Up, [Training(0, 1)]), Node("b", NodeStatus.Leaving, []));
        Statuses(Look(0, b, a, Node("c", NodeStatus.Unreachable, []))).ShouldBe("a up, b leaving, c unreachable");
        // Another coordinator took over, and has not heard of them yet.
        Statuses(Look(5)).ShouldBe("a up, b leaving, c unreachable");
        var gone = Look(11, Node("c", NodeStatus.Up, []));
        Statuses(gone).ShouldBe("a lost, b left, c up");
        gone[0].Working.ShouldBeEmpty();
        Statuses(Look(12, Node("a", NodeStatus.Up, []), Node("c", NodeStatus.Up, []))).ShouldBe("a up, b left, c up");
        Statuses(Look(601, Node("a", NodeStatus.Up, []))).ShouldBe("a up, c lost");
    }

    private static string Statuses(ImmutableArray<LiveNode> nodes) => string.Join(", ", nodes.Select(node => $"{node.Name} {node.Status}"));

    private ImmutableArray<LiveNode> Look(int second, params ImmutableArray<NodeSnapshot> nodes)
    {
        (_clock.Passed, _nodes) = (TimeSpan.FromSeconds(second), nodes);
        return _poller.Poll();
    }

    private static NodeSnapshot Node(string name, NodeStatus status, ImmutableArray<SlotSnapshot> working) => new(name, status, 3, Some.Time, working);

    private static SlotSnapshot Training(int slot, double epochs, int attempt = 1) => new(
        slot, "quick", attempt, new ShuffleProgress(1, "train", (int)epochs + 1, (int)Math.Round(10_000 * (epochs - (int)epochs)), 10_000, null, 0.1));

    private static SlotSnapshot Attacking(int slot, int attempt) =>
        new(slot, "quick", attempt, new ShuffleProgress(1, "attack fgsm", null, 5, 10, null, 0.5));
}
