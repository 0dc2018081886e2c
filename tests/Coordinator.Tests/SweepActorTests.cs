using AdvFit.Coordinator.Sweeps;
using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Cluster;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Tests;
using Akka.Actor;
using Akka.Persistence;
using Akka.TestKit;

namespace AdvFit.Coordinator.Tests;

public class SweepActorTests : ActorTests
{
    private readonly TestProbe _coordinator;
    private readonly TestProbe _shuffles;
    private readonly TestProbe _asker;
    private readonly IActorRef _wire;
    private IActorRef _actor;

    public SweepActorTests()
    {
        (_coordinator, _shuffles, _asker) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        _wire = WireTo(_shuffles);
        _actor = Start();
    }

    [Fact]
    public void A_sweep_is_accepted_once_and_joined_afterwards()
    {
        Asked<SweepAccepted>(Submit()).ShouldBe(new SweepAccepted(Sweep, IsNew: true));
        Asked<SweepAccepted>(Submit()).ShouldBe(new SweepAccepted(Sweep, IsNew: false));

        StandingOf(_actor).Number.ShouldBe(2);
    }

    [Fact]
    public void A_slot_that_is_offered_gets_the_next_shuffle_or_is_declined()
    {
        Submitted();
        for (var shuffle = 1; shuffle <= 3; shuffle++)
        {
            Assigned(shuffle, 1);
        }

        _actor.Tell(new OfferSlot(NodeName));

        _coordinator.FishForMessage(message => message is SlotDeclined).ShouldBe(new SlotDeclined(Sweep, NodeName));
    }

    [Fact]
    public void Facts_told_at_once_are_decided_ahead_and_in_their_order()
    {
        Submitted();
        Assigned(1, 1);

        var (first, second, again, early, last) = (
            CreateTestProbe(), CreateTestProbe(), CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        _actor.Tell(Report(Some.Epoch(1, 1, 1)), first);
        _actor.Tell(Report(Some.Epoch(1, 1, 2)), second);
        _actor.Tell(Report(Some.Epoch(1, 1, 1)), again);
        _actor.Tell(Report(Some.Evaluated(1, 1, "fgsm")), early);
        _actor.Tell(Report(Some.Crafted(1, 1, "fgsm")), last);

        first.ExpectMsg<FactAccepted>();
        second.ExpectMsg<FactAccepted>();
        again.ExpectMsg<FactAccepted>();
        early.ExpectMsg<Refused>().Reason.ShouldContain("before attack:fgsm");
        last.ExpectMsg<FactAccepted>();
        StandingOf(_actor).Number.ShouldBe(2 + 1 + 3);
    }

    [Theory]
    [InlineData(JournalFault.Fails)]
    [InlineData(JournalFault.Rejects)]
    public void Nobody_hears_of_what_is_not_durable(JournalFault fault)
    {
        Submitted();
        Assigned(1, 1);
        Watch(_actor);
        UnreliableJournal.Set(Sys, fault);

        _actor.Tell(Report(Some.Epoch(1, 1, 1)), _asker);
        _actor.Tell(Report(Some.Epoch(1, 1, 1)), _asker);
        _actor.Tell(new OfferSlot(NodeName));

        ExpectTerminated(_actor);
        _asker.ExpectNoMsg(TimeSpan.Zero);
        _shuffles.ExpectNoMsg(TimeSpan.Zero);
        // What the actor had sent it before it stopped fails as well.
        JournalIsIdle();
        UnreliableJournal.Set(Sys, null);
        _actor = Start();
        StandingOf(_actor).Number.ShouldBe(3);
        Asked<FactAccepted>(Report(Some.Epoch(1, 1, 1)));
    }

    [Fact]
    public void A_restarted_sweep_says_how_it_stands_and_goes_on()
    {
        Submitted();
        Assigned(1, 1);
        Restarted();

        _coordinator.FishForMessage<SweepChanged>(changed => changed.Shuffles.IsEmpty).State.Running.Keys.ShouldBe([1]);
        Asked<FactAccepted>(Report(Some.Epoch(1, 1, 1)));
        Asked<AttemptFenced>(Report(Some.Epoch(1, 0, 1)));
    }

    [Fact]
    public void A_fact_told_again_after_a_snapshot_is_recorded_once()
    {
        // Enough events for a snapshot, the last of which is a fact.
        SweepEvent[] before = [new SweepPlanned(Some.Spec, Some.Data), new SessionStarted(Some.Session)];
        SweepEvent[] many = [.. Enumerable.Repeat<SweepEvent[]>([new SweepPaused(), new SweepResumed()], 10_000).SelectMany(pair => pair)];
        SweepEvent[] last = [new ShuffleAssigned(1, 1), new FactRecorded(StageCompletion.Of(Some.Epoch(1, 1, 1)))];
        Asked<Done>(new AdoptSweep(Sweep, "", 0, Events([.. before, .. many[..^last.Length], .. last]), IsLast: false));
        AwaitAssert(() => Snapshot().ShouldNotBeNull().Metadata.SequenceNr.ShouldBe(20_000));
        Asked<Done>(new AdoptSweep(Sweep, "", 20_002, [], IsLast: false));
        Restarted();

        Asked<FactAccepted>(Report(Some.Epoch(1, 1, 1)));

        StandingOf(_actor).Number.ShouldBe(20_002);
    }

    [Fact]
    public void An_attempt_that_is_lost_is_given_to_the_next_slot_as_another()
    {
        Submitted();
        Assigned(1, 1);

        _actor.Tell(new AttemptLost(Attempt(1, 1)));
        _actor.Tell(new AttemptLost(Attempt(1, 1)));

        Assigned(1, 2);
        Asked<AttemptFenced>(Report(Some.Epoch(1, 1, 1)));
    }

    [Fact]
    public void An_attempt_is_told_again_only_while_it_counts()
    {
        Submitted();
        Assigned(1, 1);
        _actor.Tell(new ResendAttempt(Attempt(1, 1), NodeName));
        _shuffles.ExpectMsg<BeginAttempt>().Attempt.ShouldBe(Attempt(1, 1));

        Asked<Done>(new ReleaseAttempt(Attempt(1, 1)));
        _actor.Tell(new ResendAttempt(Attempt(1, 1), NodeName));
        Asked<Done>(new ReleaseAttempt(Attempt(1, 1)));

        _shuffles.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void A_sweep_that_rests_is_not_begun_by_pausing_it()
    {
        Submitted(failFast: true);
        Assigned(1, 1);
        Asked<FactAccepted>(Report(new AttemptFailed(1, 1, "NaN.", Retryable: false)));
        AwaitAssert(() => StandingOf(_actor).State!.InSession.ShouldBeFalse());

        Asked<Done>(new ControlSweep(Sweep, new PauseSweep()));
        StandingOf(_actor).State!.InSession.ShouldBeFalse();
        Asked<Refused>(new ControlSweep(Sweep, new RerunShuffles([9], OnlyFailed: false, null)));
        StandingOf(_actor).State!.InSession.ShouldBeFalse();
        Asked<Done>(new ControlSweep(Sweep, new ResumeSweep()));
        AwaitAssert(() => StandingOf(_actor).State.ShouldNotBeNull().ShouldSatisfyAllConditions(
            state => state.InSession.ShouldBeTrue(), state => state.Failed.ShouldBe(0), state => state.IsPaused.ShouldBeFalse()));
    }

    [Fact]
    public void A_cancelled_sweep_rests_even_if_its_process_died_just_before()
    {
        Asked<Done>(new AdoptSweep(
            Sweep, "", 0, Events(new SweepPlanned(Some.Spec, Some.Data), new SessionStarted(Some.Session), new SweepCancelled()), IsLast: false));

        Restarted();

        AwaitAssert(() => StandingOf(_actor).State!.InSession.ShouldBeFalse());
    }

    [Fact]
    public void Parts_of_a_sweep_are_adopted_once_however_often_they_are_told()
    {
        var events = Events(
            new SweepPlanned(Some.Spec, Some.Data), new SessionStarted(Some.Session), new ShuffleAssigned(1, 1), new SessionStopped());

        Asked<Done>(new AdoptSweep(Sweep, "", 0, events[..2], IsLast: false));
        Asked<Refused>(new AdoptSweep(Sweep, "", 3, events[3..], IsLast: false));
        Restarted();
        Asked<Done>(new AdoptSweep(Sweep, "", 0, events[..2], IsLast: false));
        Asked<Done>(new AdoptSweep(Sweep, "", 1, events[1..3], IsLast: false));
        Asked<Done>(new AdoptSweep(Sweep, "", 2, events[2..], IsLast: false));

        StandingOf(_actor).ShouldSatisfyAllConditions(
            replay => replay.Number.ShouldBe(4), replay => replay.State!.Shuffle(1).Status.ShouldBe(ShuffleStatus.Planned));
    }

    private IActorRef Start()
    {
        var actor = Props.Create(() => new SweepActor(Sweep, _wire, TimeProvider.System, () => Some.Session, false));
        var birth = CreateTestProbe();
        Sys.ActorOf(Props.Create(() => new Parent(actor, _coordinator.Ref, birth.Ref)));
        return birth.ExpectMsg<IActorRef>();
    }

    private void Restarted()
    {
        Stop(_actor);
        _actor = Start();
    }

    private T Asked<T>(object message)
    {
        _actor.Tell(message, _asker);
        return _asker.ExpectMsg<T>();
    }

    private void Submitted(bool failFast = false) => Asked<SweepAccepted>(Submit(failFast: failFast));

    private void Assigned(int shuffle, int attempt)
    {
        _actor.Tell(new OfferSlot(NodeName));
        _coordinator.FishForMessage<SlotTaken>(_ => true).ShouldBe(new SlotTaken(NodeName, Attempt(shuffle, attempt)));
        _shuffles.ExpectMsg<BeginAttempt>().Attempt.ShouldBe(Attempt(shuffle, attempt));
    }

    private SelectedSnapshot? Snapshot()
    {
        Persistence.Instance.Apply(Sys).SnapshotStoreFor("").Tell(
            new LoadSnapshot(SweepActor.IdPrefix + Sweep, SnapshotSelectionCriteria.Latest, long.MaxValue), _asker);
        return _asker.ExpectMsg<LoadSnapshotResult>().Snapshot;
    }

    /// <summary>What the actor tells its parent goes to somebody else.</summary>
    private sealed class Parent : ReceiveActor
    {
        public Parent(Props child, IActorRef to, IActorRef birth)
        {
            birth.Tell(Context.ActorOf(child));
            ReceiveAny(to.Forward);
        }
    }
}
