using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Cluster;
using AdvFit.Sweeps.Local;
using AdvFit.Sweeps.Tests.Decisions;
using AdvFit.Sweeps.Tests.Local;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace AdvFit.Sweeps.Tests.Cluster;

/// <summary>What holds of a cluster whatever gets lost, is told twice, comes late or dies.</summary>
public class SimulatedClusterProperties
{
    private const int MostRounds = 150;
    private const int MostPlaces = 3;

    /// <summary>One thing that happens to a cluster.</summary>
    private sealed record Move(string Name, Action<SimulatedCluster> Make)
    {
        public override string ToString() => Name;
    }

    private sealed record Story(List<Move> Moves)
    {
        public override string ToString() => string.Join("; ", Moves);
    }

    [Property(MaxTest = 400)]
    public Property Whatever_happens_a_sweep_is_completed_once_failures_stop_and_nothing_counts_twice() => Prop.ForAll(Moves(), story =>
    {
        var cluster = Begin(slots: 2, places: 2);
        story.Moves.ForEach(move => move.Make(cluster));

        Settle(cluster);

        JournalRules.Check(cluster.Events);
        cluster.Events.ShouldNotContain(
            sweepEvent => sweepEvent is FactRecorded && SimulatedNode.IsRefusal(((FactRecorded)sweepEvent).Fact), "What honest nodes did was refused.");
        CheckEntities(cluster);
        CheckOutcomes(cluster);
    });

    [Property(MaxTest = 30)]
    public Property Without_failures_every_attempt_is_the_first_and_no_node_gets_more_than_it_has_slots_for() => Prop.ForAll(
        Gen.Choose(1, 3).Two().ToArbitrary(), choice =>
        {
            var (places, slots) = choice;
            var cluster = Begin(slots, places);

            Settle(cluster);

            cluster.Events.ShouldNotContain(sweepEvent => sweepEvent is ShuffleReleased);
            cluster.Events.OfType<ShuffleAssigned>().ShouldAllBe(assigned => assigned.Attempt == 1);
            cluster.Nodes.ShouldAllBe(node => node.Surplus == 0);
        });

    [Fact]
    public void Without_failures_the_events_of_one_slot_are_those_of_the_local_host()
    {
        var cluster = Begin(slots: 1, places: 1);
        var journal = new FakeJournal();
        using var host = new LocalHost(journal, slots: 1, new EagerClock(), new NullObserver());

        Settle(cluster);
        host.Run(Some.Start(), _ => new FakeExecutor(Some.Spec));

        Written(cluster.Joined()).ShouldBe(Written(journal.Entries.Select(entry => entry.Event)));
    }

    private static SimulatedCluster Begin(int slots, int places)
    {
        var cluster = new SimulatedCluster();
        cluster.Do(Some.Start());
        for (var place = 1; place <= places; place++)
        {
            cluster.Join(place, slots);
        }

        return cluster;
    }

    /// <summary>From now on nothing fails: the cluster notices who is dead, somebody is there to work, and the user wants it done.</summary>
    private static void Settle(SimulatedCluster cluster)
    {
        cluster.DeadMembers.ToList().ForEach(cluster.GiveUp);
        if (!cluster.Nodes.Exists(node => cluster.IsMember(node) && !node.IsLeaving))
        {
            cluster.Join(MostPlaces + 1, slots: 2);
        }

        cluster.Control(new ResumeSweep());
        for (var round = 0; cluster.State.Completed < cluster.State.Shuffles.Count; round++)
        {
            round.ShouldBeLessThan(MostRounds, $"Stuck: {string.Join(", ", cluster.State.Shuffles)}");
            if (cluster.State is { InSession: false })
            {
                cluster.Do(Some.Start(cluster.State.Spec));
            }

            cluster.Tick(seconds: 2);
            cluster.DeliverAll();
            cluster.Nodes.ForEach(node => node.DoStages(_ => null));
            cluster.DeliverAll();
        }

        for (var round = 0; round < 3; round++)
        {
            cluster.Tick(seconds: 10);
            cluster.DeliverAll();
            cluster.Nodes.ForEach(node => node.DoStages(_ => null));
            cluster.DeliverAll();
        }

        cluster.Nodes.Where(cluster.IsMember).ShouldAllBe(node => node.IsAtRest);
        cluster.State.InSession.ShouldBeFalse();
    }

    /// <summary>An entity takes nothing of an older attempt, no stage of one attempt twice, and has all that the sweep has.</summary>
    private static void CheckEntities(SimulatedCluster cluster)
    {
        foreach (var shuffle in Enumerable.Range(1, cluster.State.Shuffles.Count))
        {
            var attempt = 0;
            var told = new HashSet<(int, StageKey?)>();
            foreach (var sweepEvent in cluster.EventsOf(shuffle))
            {
                switch (sweepEvent)
                {
                    case ShuffleAssigned assigned:
                        assigned.Attempt.ShouldBeGreaterThan(attempt);
                        attempt = assigned.Attempt;
                        break;
                    case FactRecorded { Fact: var fact }:
                        fact.Attempt.ShouldBe(attempt);
                        told.Add((attempt, StageKey.Of(fact))).ShouldBeTrue();
                        break;
                }
            }
        }

        var joined = cluster.Joined().ToList();
        joined.ShouldNotContain(sweepEvent => sweepEvent is FactRecorded && ((FactRecorded)sweepEvent).Fact is StageCompletion);
        Written(joined.Select(sweepEvent => sweepEvent is FactRecorded recorded ? new FactRecorded(StageCompletion.Of(recorded.Fact)) : sweepEvent))
            .ShouldBe(Written(cluster.Events));
    }

    /// <summary>What the shuffles found, as one who knows all events, and one who follows both kinds, have it.</summary>
    private static void CheckOutcomes(SimulatedCluster cluster)
    {
        var labels = cluster.State.Spec.Attacks.Select(attack => attack.Label).ToArray();
        var expected = Enumerable.Range(1, cluster.State.Shuffles.Count).Select(shuffle => Some.Evaluated(shuffle, 1, labels));

        var known = Enumerable.Range(1, cluster.State.Shuffles.Count).SelectMany(cluster.EventsOf)
            .Aggregate(AnalysedSweeps.Empty, (known, each) => known.AddOfShuffle("quick", new JournaledEvent(Some.Time, each)));
        var number = 0L;
        known = cluster.Events.Aggregate(
            known, (known, each) => known.AddOfSweep("quick", ++number, new JournaledEvent(Some.Time, each)));

        Written(known.Sweeps["quick"].Completed.Select(outcome => new FactRecorded(new ShuffleEvaluated(outcome.Shuffle, 1, outcome, new StageCost(5, 6)))))
            .ShouldBe(Written(expected.Select(evaluated => new FactRecorded(evaluated))));
    }

    private static IEnumerable<string> Written(IEnumerable<SweepEvent> events) =>
        events.Select(sweepEvent => Sweeps.Journal.EventFormat.Write(sweepEvent).ToString());

    private static Arbitrary<Story> Moves()
    {
        static Move Make(string name, Action<SimulatedCluster> make) => new(name, make);
        static void WithNode(SimulatedCluster cluster, int index, Action<SimulatedNode> then)
        {
            if (cluster.Nodes.Count > 0)
            {
                then(cluster.Nodes[index % cluster.Nodes.Count]);
            }
        }

        static void WithMessage(SimulatedCluster cluster, Action then)
        {
            if (cluster.InFlight > 0)
            {
                then();
            }
        }

        var any = Gen.Choose(0, 1000);
        var deliver = any.Select(index => Make($"deliver {index}", cluster => WithMessage(cluster, () => cluster.Deliver(index, again: false))));
        var first = Gen.Constant(Make("deliver the first", cluster => WithMessage(cluster, () => cluster.Deliver(0, again: false))));
        var again = any.Select(index => Make($"deliver {index}, and again later", cluster => WithMessage(cluster, () => cluster.Deliver(index, again: true))));
        var drop = any.Select(index => Make($"drop {index}", cluster => WithMessage(cluster, () => cluster.Drop(index))));
        var all = Gen.Constant(Make("deliver all", cluster => cluster.DeliverAll()));
        var tick = Gen.Elements(1, 1, 6).Select(seconds => Make($"{seconds} s pass", cluster => cluster.Tick(seconds)));
        var work = any.Select(index => Make($"node {index} works", cluster => WithNode(cluster, index, node => node.DoStages(_ => null))));
        var fail =
            from index in any
            from retryable in Gen.Elements(true, true, false)
            select Make($"node {index} fails, {retryable}", cluster => WithNode(cluster, index, node => node.DoStages(
                attempt => new AttemptFailed(attempt.Shuffle, attempt.Attempt, "Failed.", retryable))));
        var kill = any.Select(index => Make($"kill {index}", cluster => WithNode(cluster, index, cluster.Kill)));
        var restart = any.Select(index => Make($"restart {index}", cluster => WithNode(cluster, index, node =>
        {
            cluster.Kill(node);
            cluster.Join(node.Place, slots: 2);
        })));
        var giveUp = any.Select(index => Make($"give up {index}", cluster => WithNode(cluster, index, node => cluster.GiveUp(node.Name))));
        var notice = Gen.Constant(Make("notice the dead", cluster => cluster.DeadMembers.ToList().ForEach(cluster.GiveUp)));
        var join = Gen.Choose(1, MostPlaces).Select(place => Make($"join {place}", cluster =>
        {
            if (!cluster.Nodes.Exists(node => node.Place == place))
            {
                cluster.Join(place, slots: 1);
            }
        }));
        var leave = any.Select(index => Make($"{index} leaves", cluster => WithNode(cluster, index, node => node.IsLeaving = true)));
        var failOver = Gen.Constant(Make("fail over", cluster => cluster.FailOver()));
        var restartSweep = Gen.Constant(Make("restart the sweep", cluster => cluster.RestartSweep()));
        var control = Gen.Elements<SweepCommand>(
            new PauseSweep(), new ResumeSweep(), new CancelSweep(), new ResumeSweep(),
            new RerunShuffles([1], OnlyFailed: false, "attack"), new RerunShuffles([2], OnlyFailed: false, null),
            new RerunShuffles(null, OnlyFailed: true, null))
            .Select(command => Make($"{command}", cluster => cluster.Control(command)));
        var submit =
            from shuffles in Gen.Choose(3, 5)
            from labels in Gen.Elements<string[]>(["fgsm"], ["fgsm", "weak"], ["strong", "fgsm"])
            from failFast in Gen.Elements(true, false)
            let spec = Some.Spec with { Shuffles = shuffles, Attacks = [.. labels.Select(label => Some.Attack(label))] }
            select Make($"submit {shuffles} {string.Join('+', labels)} {failFast}", cluster => cluster.Do(
                new StartSweep(spec, Some.Data, Some.Session, failFast, JoinsSession: true)));
        return Arb.From(
            Gen.Frequency(
                (30, first), (20, deliver), (6, again), (6, drop), (6, all), (14, tick), (20, work), (2, fail), (2, kill), (2, restart),
                (2, giveUp), (3, notice), (3, join), (1, leave), (2, failOver), (1, restartSweep), (2, control), (2, submit))
            .ListOf(150).Select(moves => new Story([.. moves])),
            Shorter);
    }

    /// <summary>The story without half of its moves, a quarter, .., one.</summary>
    private static IEnumerable<Story> Shorter(Story story)
    {
        for (var length = story.Moves.Count / 2; length > 0; length /= 2)
        {
            for (var begin = 0; begin + length <= story.Moves.Count; begin += length)
            {
                yield return new Story([.. story.Moves[..begin], .. story.Moves[(begin + length)..]]);
            }
        }
    }
}
