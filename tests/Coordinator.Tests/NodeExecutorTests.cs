using AdvFit.Actors;
using AdvFit.Experiments;
using AdvFit.GpuNode;
using AdvFit.Messages;
using AdvFit.Sweeps.Cluster;
using AdvFit.Sweeps.Tests;
using AdvFit.Sweeps.Tests.Local;
using Akka.Actor;
using Akka.TestKit;

namespace AdvFit.Coordinator.Tests;

public class NodeExecutorTests : ActorTests
{
    private readonly TestProbe _coordinator;
    private readonly TestProbe _shuffles;
    private readonly TestProbe _asker;
    private readonly FakeExecutor _executor = new(Some.Spec);
    private readonly IActorRef _node;

    public NodeExecutorTests()
    {
        (_coordinator, _shuffles, _asker) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        var (coordinator, shuffles) = (WireTo(_coordinator), WireTo(_shuffles));
        _node = Sys.ActorOf(Props.Create(() => new NodeExecutor(NodeName, 1, coordinator, shuffles, _ => _executor)));
    }

    [Fact]
    public void An_attempt_tells_each_stage_and_goes_on_once_it_is_answered()
    {
        _node.Tell(Run(1, 1));

        ExpectFact(Some.Epoch(1, 1, 1));
        _executor.Stages.ShouldBe(["1: epoch 1"]);
        _shuffles.Reply(new FactAccepted());
        Accept(Some.Epoch(1, 1, 2), Some.Crafted(1, 1, "fgsm"), Some.Evaluated(1, 1, "fgsm"));

        ExpectReport(report => report.Running.IsEmpty);
    }

    [Fact]
    public void What_is_told_twice_is_done_once()
    {
        _node.Tell(Run(1, 1));
        _node.Tell(Run(1, 1));

        Accept(Some.Epoch(1, 1, 1), Some.Epoch(1, 1, 2), Some.Crafted(1, 1, "fgsm"), Some.Evaluated(1, 1, "fgsm"));

        ExpectReport(report => report.Running.IsEmpty);
        _executor.Stages.Count.ShouldBe(4);
    }

    [Fact]
    public void What_is_meant_for_another_process_at_the_same_address_is_left_alone()
    {
        _node.Tell(Run(1, 1) with { Node = NodeName + "2" });
        _node.Tell(Run(2, 1));

        ExpectFact(Some.Epoch(2, 1, 1));
    }

    [Fact]
    public void An_answer_that_got_lost_is_asked_for_again()
    {
        _node.Tell(Run(1, 1));
        ExpectFact(Some.Epoch(1, 1, 1));

        Accept(Some.Epoch(1, 1, 1), Some.Epoch(1, 1, 2));

        _executor.Stages.Count(stage => stage == "1: epoch 1").ShouldBe(1);
    }

    [Fact]
    public void What_there_is_no_slot_for_is_given_back_until_that_is_known()
    {
        _node.Tell(Run(1, 1));
        ExpectFact(Some.Epoch(1, 1, 1));
        _node.Tell(Run(2, 1));

        ExpectRelease(Attempt(2, 1));
        ExpectRelease(Attempt(2, 1));
        _coordinator.Reply(new Done());
        ExpectReport(report => report.Running.Single().Attempt == Attempt(1, 1));
    }

    [Fact]
    public void An_attempt_that_is_fenced_out_ends_without_a_word()
    {
        _node.Tell(Run(1, 1));
        ExpectFact(Some.Epoch(1, 1, 1));
        _shuffles.Reply(new AttemptFenced());

        ExpectReport(report => report.Running.IsEmpty);
        _shuffles.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void An_attempt_whose_fact_is_refused_fails()
    {
        _node.Tell(Run(1, 1));
        ExpectFact(Some.Epoch(1, 1, 1));
        _shuffles.Reply(new Refused("It makes no sense."));

        Accept(new AttemptFailed(1, 1, "It makes no sense.", Retryable: false));
        ExpectReport(report => report.Running.IsEmpty);
    }

    [Fact]
    public void An_attempt_that_throws_fails()
    {
        _executor.Before = _ => throw new IOException("The disk is full.");

        _node.Tell(Run(1, 1));

        Accept(new AttemptFailed(1, 1, "The disk is full.", Retryable: true));
        ExpectReport(report => report.Running.IsEmpty);
    }

    [Fact]
    public void Asked_to_stop_at_a_safe_point_it_finishes_the_stage_and_gives_the_attempt_back()
    {
        _node.Tell(Run(1, 1));
        ExpectFact(Some.Epoch(1, 1, 1));
        _node.Tell(new NodeOrders([new AttemptOrder(Attempt(1, 1), AttemptStop.AtSafePoint)]));
        _node.Tell(Run(2, 1));
        ExpectRelease(Attempt(2, 1));
        _shuffles.Reply(new FactAccepted());

        ExpectRelease(Attempt(1, 1));
        _executor.Stages.ShouldBe(["1: epoch 1"]);
    }

    [Fact]
    public void Asked_to_stop_at_once_it_does_not_wait_for_an_answer()
    {
        _node.Tell(Run(1, 1));
        ExpectFact(Some.Epoch(1, 1, 1));

        _node.Tell(new NodeOrders([new AttemptOrder(Attempt(1, 1), AttemptStop.AtOnce)]));

        ExpectRelease(Attempt(1, 1));
    }

    [Fact]
    public void A_node_that_leaves_takes_no_more_and_is_at_rest_once_all_is_given_back()
    {
        _node.Tell(Run(1, 1));
        ExpectFact(Some.Epoch(1, 1, 1));

        _node.Tell(new NodeExecutor.Leave(AttemptStop.AtSafePoint), _asker);
        ExpectReport(report => report.IsLeaving);
        _asker.ExpectNoMsg(TimeSpan.Zero);
        _shuffles.Reply(new FactAccepted());
        ExpectRelease(Attempt(1, 1));
        _coordinator.Reply(new Done());
        _asker.ExpectMsg<Done>();

        _node.Tell(Run(2, 1));
        ExpectRelease(Attempt(2, 1));
    }

    private RunShuffle Run(int shuffle, int attempt) =>
        new(Attempt(shuffle, attempt), NodeName, Some.Spec, Some.Data.Sha256, ShuffleRecord.Empty);

    private void ExpectFact(ShuffleFact fact) =>
        Brief(_shuffles.ExpectMsg<RecordFact>().Fact).ShouldBe(Brief(fact));

    private void Accept(params ShuffleFact[] facts)
    {
        foreach (var fact in facts)
        {
            ExpectFact(fact);
            _shuffles.Reply(new FactAccepted());
        }
    }

    private static ShuffleFact Brief(ShuffleFact fact) => StageCompletion.Of(fact);

    private void ExpectReport(Predicate<NodeReport> report) => _coordinator.FishForMessage<NodeReport>(report);

    private void ExpectRelease(AttemptId attempt) => _coordinator.FishForMessage<ReleaseAttempt>(release => release.Attempt == attempt);
}
