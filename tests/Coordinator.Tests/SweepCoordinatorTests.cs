using AdvFit.Actors;
using AdvFit.Coordinator.Sweeps;
using AdvFit.Messages;
using AdvFit.Sweeps.Cluster;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Tests;
using Akka.Actor;
using Akka.Cluster;
using Akka.TestKit;

namespace AdvFit.Coordinator.Tests;

/// <summary>The coordinator in a cluster of one process, which is its node as well.</summary>
public class SweepCoordinatorTests : ActorTests
{
    private const string Alone =
        """
        akka {
          actor.provider = cluster
          remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
          # Nobody is waited for.
          cluster {
            roles = [node, coordinator]
            jmx.enabled = off
            periodic-tasks-initial-delay = 20ms
            leader-actions-interval = 20ms
          }
          coordinated-shutdown.run-by-actor-system-terminate = off
        }
        """;

    private readonly TestProbe _node;
    private readonly TestProbe _shuffles;
    private readonly TestProbe _asker;
    private readonly IActorRef _wire;
    private readonly string _name;
    private IActorRef _coordinator;

    public SweepCoordinatorTests()
        : base(Alone)
    {
        var cluster = Akka.Cluster.Cluster.Get(Sys);
        cluster.Join(cluster.SelfAddress);
        AwaitAssert(() => cluster.State.Members.ShouldHaveSingleItem().Status.ShouldBe(MemberStatus.Up), TimeSpan.FromSeconds(20));
        _name = Actors.NodeName.Of(cluster.SelfUniqueAddress);
        (_node, _shuffles, _asker) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        _wire = WireTo(_shuffles);
        _coordinator = Start();
    }

    [Fact]
    public void Free_slots_get_the_shuffles_of_the_sweep_that_began_first_in_their_order()
    {
        Asked<SweepAccepted>(Submit());

        Reported(slots: 2);

        _shuffles.ExpectMsg<BeginAttempt>().ShouldSatisfyAllConditions(
            begin => begin.Attempt.ShouldBe(Attempt(1, 1)), begin => begin.Node.ShouldBe(_name));
        _shuffles.ExpectMsg<BeginAttempt>().Attempt.ShouldBe(Attempt(2, 1));
        Reported(slots: 2, Attempt(1, 1), Attempt(2, 1));
        _shuffles.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void A_slot_is_given_again_when_the_node_says_that_it_is_free()
    {
        Asked<SweepAccepted>(Submit());
        Begun(1, 1);

        Asked<Done>(new ReleaseAttempt(Attempt(1, 1)));
        Reported(slots: 1, Attempt(1, 1)).Stop.ShouldBe([new AttemptOrder(Attempt(1, 1), AttemptStop.AtOnce)]);
        _shuffles.ExpectNoMsg(TimeSpan.Zero);

        Begun(1, 2);
    }

    [Fact]
    public void A_node_that_is_unknown_to_the_cluster_is_not_heard()
    {
        Asked<SweepAccepted>(Submit());

        _coordinator.Tell(new NodeReport("akka.tcp://elsewhere@10.0.0.1:4054#7", 4, IsLeaving: false, []), _node);
        Asked<SweepList>(new ListSweeps());

        _node.ExpectNoMsg(TimeSpan.Zero);
        _shuffles.ExpectNoMsg(TimeSpan.Zero);
        Asked<NodeList>(new ListNodes()).Nodes.ShouldBeEmpty();
    }

    [Fact]
    public void Those_who_work_on_a_paused_sweep_are_asked_to_stop_at_a_safe_point()
    {
        Asked<SweepAccepted>(Submit());
        Begun(1, 1);

        Asked<Done>(new ControlSweep(Sweep, new PauseSweep()));

        AwaitAssert(() => Reported(slots: 2, Attempt(1, 1)).Stop.ShouldBe([new AttemptOrder(Attempt(1, 1), AttemptStop.AtSafePoint)]));
        _shuffles.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void A_new_coordinator_learns_from_reports_who_works_on_what_and_takes_nothing_away()
    {
        Asked<SweepAccepted>(Submit());
        Begun(1, 1);
        FailOver();

        // The first report may come before the sweep is read.
        Reported(slots: 1, Attempt(1, 1));
        AwaitAssert(() => Asked<SweepList>(new ListSweeps()).Sweeps.ShouldBe([Sweep]));
        for (var again = 0; again < 3; again++)
        {
            Reported(slots: 1, Attempt(1, 1)).Stop.ShouldBeEmpty();
            _coordinator.Tell(new ReportStage(Sweep, Experiments.StageCompletion.Of(Some.Epoch(1, 1, 1))), _node);
            _node.ExpectMsg<FactAccepted>();
        }

        StandingOf(_coordinator).State!.Shuffle(1).ShouldSatisfyAllConditions(
            shuffle => shuffle.IsRunning.ShouldBeTrue(), shuffle => shuffle.Attempt.ShouldBe(1));
    }

    [Fact]
    public void Work_that_no_node_has_after_a_fail_over_is_for_another_attempt()
    {
        Asked<SweepAccepted>(Submit());
        Begun(1, 1);
        FailOver();

        Reported(slots: 0);

        AwaitAssert(() => StandingOf(_coordinator).State!.Shuffle(1).Status.ShouldBe(ShuffleStatus.Planned));
        Begun(1, 2);
    }

    [Fact]
    public void An_actor_of_a_sweep_that_stops_comes_again_and_its_slots_are_not_lost()
    {
        Asked<SweepAccepted>(Submit());
        Begun(1, 1);

        foreach (var child in Children())
        {
            Stop(child);
        }

        AwaitAssert(() => Children().ShouldNotBeEmpty(), TimeSpan.FromSeconds(10));
        Asked<Done>(new ReleaseAttempt(Attempt(1, 1)));
        Begun(1, 2);
    }

    [Fact]
    public void A_sweep_whose_snapshot_is_of_another_version_is_recovered_from_its_events()
    {
        Asked<SweepAccepted>(Submit());
        Begun(1, 1);
        var number = StandingOf(_coordinator).Number;
        KeepSnapshot(SweepActor.IdPrefix + Sweep, number, new JournalSnapshot(number, """{ "version": 0 }"""));

        foreach (var child in Children())
        {
            Stop(child);
        }

        AwaitAssert(() => StandingOf(_coordinator).Number.ShouldBe(number), TimeSpan.FromSeconds(40));
        Asked<Done>(new ReleaseAttempt(Attempt(1, 1)));
        Begun(1, 2);
    }

    [Fact]
    public void A_sweep_of_which_only_a_part_is_adopted_is_not_there_and_cannot_be_submitted()
    {
        var events = Events(new SweepPlanned(Some.Spec, Some.Data), new SessionStarted(Some.Session), new SessionStopped());
        Asked<Done>(new AdoptSweep(Sweep, "one", 0, events[..2], IsLast: false));
        FailOver();

        Asked<Refused>(new LoadSweep(Sweep));
        Asked<Refused>(Submit()).Reason.ShouldContain("not whole yet");
        Asked<Refused>(new AdoptSweep(Sweep, "another", 2, events[2..], IsLast: false)).Reason.ShouldContain("another journal");
        Asked<Done>(new AdoptSweep(Sweep, "one", 2, events[2..], IsLast: false));
        Asked<Done>(new AdoptSweep(Sweep, "one", 3, [], IsLast: true));

        AwaitAssert(() => Asked<SweepList>(new ListSweeps()).Sweeps.ShouldBe([Sweep]));
        StandingOf(_coordinator).Number.ShouldBe(3);
        Asked<Refused>(new AdoptSweep(Sweep, "one", 0, events, IsLast: false)).Reason.ShouldContain("already");
    }

    [Fact]
    public void A_sweep_whose_journal_is_damaged_is_named_and_refuses_everything_and_its_slots_go_to_the_others()
    {
        var other = Some.Spec with { Name = "other" };
        Asked<SweepAccepted>(Submit());
        Asked<SweepAccepted>(new SubmitSweep("other-00000000", other, Some.Data, FailFast: false));
        Begun(1, 1);

        _coordinator.Tell(new ShuffleDamaged(Sweep, 1, "event 3 is missing"));

        AwaitAssert(() => Reported(slots: 1, Attempt(1, 1)).Stop.ShouldBe([new AttemptOrder(Attempt(1, 1), AttemptStop.AtOnce)]));
        var reason = Asked<QuarantinedSweep>(new LoadSweep(Sweep)).Reason;
        reason.ShouldBe(
            $"The sweep {Sweep} is quarantined, for event 3 is missing; take out what is sound by `advfit export {Sweep} -o FILE`, "
            + $"then remove it by `advfit forget {Sweep}`, and bring it back by `advfit import FILE`.");
        Asked<SweepList>(new ListSweeps()).Sweeps.ShouldBe([Sweep, "other-00000000"], ignoreOrder: true);
        foreach (var command in new SweepCommand[] { new PauseSweep(), new ResumeSweep(), new CancelSweep(), new RerunShuffles(null, false, null) })
        {
            Asked<Refused>(new ControlSweep(Sweep, command)).Reason.ShouldBe(reason);
        }

        Asked<Refused>(Submit()).Reason.ShouldBe(reason);
        Asked<AttemptFenced>(new ReportStage(Sweep, Experiments.StageCompletion.Of(Some.Epoch(1, 1, 1))));
        Asked<Refused>(new ForgetSweep(Sweep, IsErased: false)).Reason.ShouldContain("Not every node has said yet");
        Asked<Done>(new ReleaseAttempt(Attempt(1, 1)));
        Reported(slots: 1);
        _shuffles.ExpectMsg<BeginAttempt>().Attempt.Sweep.ShouldBe("other-00000000");
    }

    [Fact]
    public void A_sweep_that_is_forgotten_is_half_so_until_its_events_are_erased_whoever_leads()
    {
        Asked<SweepAccepted>(Submit());
        Asked<Refused>(new ForgetSweep(Sweep, IsErased: false)).Reason.ShouldContain("cancel it before");
        Asked<Done>(new ControlSweep(Sweep, new CancelSweep()));
        Reported(slots: 0);
        AwaitAssert(() => Asked<IWireMessage>(new ForgetSweep(Sweep, IsErased: false)).ShouldBe(new Done()));
        FailOver();

        Asked<SweepList>(new ListSweeps()).Sweeps.ShouldBe([Sweep]);
        Asked<QuarantinedSweep>(new LoadSweep(Sweep)).Reason.ShouldContain("half forgotten");
        Asked<Refused>(Submit()).Reason.ShouldContain("half forgotten");
        Asked<Refused>(new AdoptSweep(Sweep, "one", 0, [], IsLast: false)).Reason.ShouldContain("half forgotten");
        Asked<Done>(new ForgetSweep(Sweep, IsErased: false));
        Asked<Done>(new ForgetSweep(Sweep, IsErased: true));
        FailOver();

        Asked<SweepList>(new ListSweeps()).Sweeps.ShouldBeEmpty();
        Asked<Refused>(new ForgetSweep(Sweep, IsErased: true)).Reason.ShouldBe($"There is no sweep `{Sweep}`.");
    }

    [Fact]
    public void An_unknown_sweep_is_refused() =>
        Asked<Refused>(new ControlSweep(Sweep, new PauseSweep())).Reason.ShouldBe($"There is no sweep `{Sweep}`.");

    private IActorRef Start() => Sys.ActorOf(Props.Create(() => new SweepCoordinator(_wire, TimeProvider.System, _ => Some.Session)));

    private void FailOver()
    {
        Stop(_coordinator);
        _coordinator = Start();
    }

    private T Asked<T>(object message)
    {
        _coordinator.Tell(message, _asker);
        return _asker.ExpectMsg<T>();
    }

    private NodeOrders Reported(int slots, params AttemptId[] running)
    {
        _coordinator.Tell(
            new NodeReport(_name, slots, IsLeaving: false, [.. running.Select(attempt => new AttemptProgress(attempt, null))]), _node);
        return _node.ExpectMsg<NodeOrders>();
    }

    /// <summary>The node has one slot free, which gets this attempt.</summary>
    private void Begun(int shuffle, int attempt)
    {
        Reported(slots: 1);
        _shuffles.ExpectMsg<BeginAttempt>().Attempt.ShouldBe(Attempt(shuffle, attempt));
        Reported(slots: 1, Attempt(shuffle, attempt));
    }

    private IEnumerable<IActorRef> Children() => ((ActorRefWithCell)_coordinator).Children;
}
