using AdvFit.Actors;
using AdvFit.Coordinator.Sweeps;
using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Cluster;
using AdvFit.Sweeps.Tests;
using Akka.Actor;
using Akka.TestKit;

namespace AdvFit.Coordinator.Tests;

public class ShuffleEntityTests : ActorTests
{
    private readonly TestProbe _sweep;
    private readonly TestProbe _node;
    private readonly TestProbe _slot;
    private readonly IActorRef _wire;
    private IActorRef _entity;

    public ShuffleEntityTests()
    {
        (_sweep, _node, _slot) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        WireTo(_node, ActorNames.NodeExecutor);
        _wire = WireTo(_sweep);
        _entity = Start();
    }

    [Fact]
    public void A_new_attempt_has_the_node_do_what_is_left()
    {
        _entity.Tell(Begin(1));

        var run = _node.ExpectMsg<RunShuffle>();
        run.Attempt.ShouldBe(Attempt(2, 1));
        run.Node.ShouldBe(NodeName);
        run.Record.Stages.ShouldBeEmpty();
    }

    [Fact]
    public void A_fact_is_passed_on_in_brief_and_the_sweep_answers_the_node()
    {
        Begun(1);
        var fact = Some.Epoch(2, 1, 1);

        _entity.Tell(new RecordFact(Sweep, fact), _slot);

        _sweep.ExpectMsg<ReportStage>().Fact.ShouldBe(StageCompletion.Of(fact));
        _sweep.Reply(new FactAccepted());
        _slot.ExpectMsg<FactAccepted>();
    }

    [Fact]
    public void A_fact_told_again_is_passed_on_again_and_recorded_once()
    {
        Begun(1);
        Told(Some.Epoch(2, 1, 1));
        Told(Some.Epoch(2, 1, 1));
        Restarted();

        _entity.Tell(Begin(2, steps: 1));

        _node.ExpectMsg<RunShuffle>().Record.Of<EpochTrained>().ShouldHaveSingleItem().Epoch.ShouldBe(1);
    }

    [Fact]
    public void Facts_of_an_older_attempt_are_fenced_out_even_after_a_restart()
    {
        Begun(1);
        Begun(2);

        _entity.Tell(new RecordFact(Sweep, Some.Epoch(2, 1, 1)), _slot);
        _slot.ExpectMsg<AttemptFenced>();
        Restarted();
        _entity.Tell(new RecordFact(Sweep, Some.Epoch(2, 1, 1)), _slot);

        _slot.ExpectMsg<AttemptFenced>();
        _sweep.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void An_older_attempt_cannot_begin_any_more()
    {
        Begun(2);

        _entity.Tell(Begin(1));
        _entity.Tell(Begin(2));

        _node.ExpectMsg<RunShuffle>().Attempt.ShouldBe(Attempt(2, 2));
    }

    [Fact]
    public void A_fact_of_an_attempt_that_has_not_begun_is_refused()
    {
        _entity.Tell(new RecordFact(Sweep, Some.Epoch(2, 1, 1)), _slot);

        _slot.ExpectMsg<Refused>().Reason.ShouldBe("Attempt 1 of shuffle 2 has not begun.");
    }

    [Fact]
    public void What_the_sweep_does_not_count_is_dropped_by_the_next_attempt()
    {
        Begun(1);
        Told(Some.Epoch(2, 1, 1));
        Told(Some.Epoch(2, 1, 2));

        _entity.Tell(Begin(2, steps: 1));

        _node.ExpectMsg<RunShuffle>().Record.Of<EpochTrained>().ShouldHaveSingleItem().Epoch.ShouldBe(1);
    }

    [Fact]
    public void An_attempt_at_its_end_tells_the_sweep_so_instead_of_running_again()
    {
        Begun(1);
        var failed = new AttemptFailed(2, 1, "Full.", Retryable: true);
        Told(failed);

        _entity.Tell(Begin(1));

        _sweep.ExpectMsg<ReportStage>().Fact.ShouldBe(failed);
        _node.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void An_attempt_whose_end_the_sweep_refused_may_yet_fail()
    {
        Begun(1);
        Told(Some.Evaluated(2, 1, "fgsm"));

        Told(new AttemptFailed(2, 1, "Refused.", Retryable: false));
    }

    [Fact]
    public void Events_of_another_journal_are_adopted_once_however_often_they_are_told()
    {
        var first = Events(new ShuffleAssigned(2, 1), new FactRecorded(Some.Epoch(2, 1, 1)));
        var second = Events(new FactRecorded(Some.Epoch(2, 1, 2)), new ShuffleAssigned(2, 2));

        Adopt(0, first).ShouldBeOfType<Done>();
        Adopt(4, second).ShouldBeOfType<Refused>();
        Restarted();
        Adopt(0, first).ShouldBeOfType<Done>();
        Adopt(2, second).ShouldBeOfType<Done>();
        Adopt(1, [first[1], second[0]]).ShouldBeOfType<Done>();
        Adopt(4, []).ShouldBeOfType<Done>();
        Adopt(5, []).ShouldBeOfType<Refused>();
        _entity.Tell(Begin(3, steps: 2));

        _node.ExpectMsg<RunShuffle>().Record.Of<EpochTrained>().Select(epoch => epoch.Epoch).ShouldBe([1, 2]);
    }

    [Theory]
    [InlineData(JournalFault.Fails)]
    [InlineData(JournalFault.Rejects)]
    public void What_cannot_be_recorded_is_not_passed_on(JournalFault fault)
    {
        Begun(1);
        Watch(_entity);
        UnreliableJournal.Set(Sys, fault);

        _entity.Tell(new RecordFact(Sweep, Some.Epoch(2, 1, 1)), _slot);

        ExpectTerminated(_entity);
        _sweep.ExpectNoMsg(TimeSpan.Zero);
        _slot.ExpectNoMsg(TimeSpan.Zero);
        UnreliableJournal.Set(Sys, null);
        _entity = Start();
        Told(Some.Epoch(2, 1, 1));
    }

    private IActorRef Start()
    {
        var id = ShuffleMessageExtractor.IdOf(Sweep, 2);
        return Sys.ActorOf(Props.Create(() => new ShuffleEntity(id, _wire, TimeProvider.System)));
    }

    private void Restarted()
    {
        Stop(_entity);
        _entity = Start();
    }

    private BeginAttempt Begin(int attempt, int steps = 0) =>
        new(Attempt(2, attempt), NodeName, Some.Spec, Some.Data.Sha256, new CompletedStages(steps, []));

    private void Begun(int attempt)
    {
        _entity.Tell(Begin(attempt));
        _node.ExpectMsg<RunShuffle>();
    }

    private void Told(ShuffleFact fact)
    {
        _entity.Tell(new RecordFact(Sweep, fact), _slot);
        _sweep.ExpectMsg<ReportStage>().Fact.ShouldBe(StageCompletion.Of(fact));
    }

    private IWireMessage Adopt(int after, System.Collections.Immutable.ImmutableArray<JournaledEvent> events)
    {
        _entity.Tell(new AdoptShuffle(Sweep, 2, after, events), _slot);
        return _slot.ExpectMsg<IWireMessage>();
    }
}
