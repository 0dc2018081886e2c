using AdvFit.Experiments;
using AdvFit.Messages;

namespace AdvFit.Sweeps.Tests.Decisions;

/// <summary>The order of the stages of a k-NN sweep.</summary>
public class KnnStagesTests
{
    private readonly SimulatedSweep _sweep = new();

    public KnnStagesTests()
    {
        _sweep.Do(Some.Start(Some.KnnSpec));
        _sweep.Do(new AssignNext());
    }

    [Fact]
    public void Neighbours_come_between_training_and_attacks_and_again_between_attacks_and_the_outcome()
    {
        var doings = new List<string>();
        while (_sweep.State.Shuffle(1).IsRunning)
        {
            _sweep.Report(_sweep.NextFact(1)).Rejection.ShouldBeNull();
            doings.Add(_sweep.State.Doing(1));
        }

        doings.ShouldBe(
        [
            "training 2", "finding neighbours of test", "finding neighbours of train", "attacking fgsm",
            "finding neighbours of fgsm", "evaluating", "completed",
        ]);
    }

    [Fact]
    public void A_stage_cannot_come_before_those_that_it_rests_on()
    {
        Refused(Some.Found(1, 1, Subsets.Test));
        Report(Some.Epoch(1, 1, 1), Some.Epoch(1, 1, 2));
        Refused(Some.Crafted(1, 1, "fgsm"));
        Report(Some.Found(1, 1, Subsets.Test), Some.Found(1, 1, Subsets.Train));
        Refused(Some.Found(1, 1, "fgsm"));
        Report(Some.Crafted(1, 1, "fgsm"));
        Refused(Some.Evaluated(1, 1, "fgsm"));
        Refused(Some.Found(1, 1, "deepfool"));
        Report(Some.Found(1, 1, "fgsm"), Some.Evaluated(1, 1, "fgsm"));
    }

    [Fact]
    public void A_CNN_sweep_has_no_neighbours()
    {
        var sweep = new SimulatedSweep();
        sweep.Do(Some.Start());
        sweep.Do(new AssignNext());
        sweep.Report(Some.Found(1, 1, Subsets.Test)).Rejection.ShouldNotBeNull().ShouldContain("no stage neighbours:test");
    }

    [Fact]
    public void Another_attack_adds_its_examples_and_their_neighbours_and_keeps_the_rest()
    {
        while (_sweep.State.Shuffle(1).IsRunning)
        {
            _sweep.Report(_sweep.NextFact(1));
        }

        _sweep.Do(Some.Start(Some.KnnSpec with { Attacks = [.. Some.KnnSpec.Attacks, Some.Attack("strong", 0.3)] }));
        _sweep.Do(new AssignNext());
        var facts = new List<ShuffleFact>();
        while (_sweep.State.Shuffle(1).IsRunning)
        {
            facts.Add(_sweep.NextFact(1));
            _sweep.Report(facts[^1]);
        }

        facts.Select(fact => fact.GetType()).ShouldBe([typeof(AttackCrafted), typeof(NeighboursFound), typeof(ShuffleEvaluated)]);
        facts.OfType<NeighboursFound>().Single().Subset.ShouldBe("strong");
    }

    private void Report(params ShuffleFact[] facts)
    {
        foreach (var fact in facts)
        {
            _sweep.Report(fact).Rejection.ShouldBeNull();
        }
    }

    private void Refused(ShuffleFact fact) => _sweep.Report(fact).Rejection.ShouldNotBeNull();
}
