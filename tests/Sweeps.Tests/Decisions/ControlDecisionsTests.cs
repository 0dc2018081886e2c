using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;

namespace AdvFit.Sweeps.Tests.Decisions;

public class ControlDecisionsTests
{
    private readonly SimulatedSweep _sweep = new();

    [Fact]
    public void A_paused_sweep_assigns_nothing_until_it_is_resumed_and_keeps_what_is_reported()
    {
        _sweep.Do(Some.Start());
        _sweep.Do(new AssignNext());
        _sweep.Do(new PauseSweep()).Events.ShouldBe([new SweepPaused()]);
        _sweep.Do(new PauseSweep()).Events.ShouldBeEmpty();

        _sweep.Do(new AssignNext()).Events.ShouldBeEmpty();
        _sweep.Report(Some.Epoch(1, 1, 1)).Events.Length.ShouldBe(1);
        _sweep.Do(new ReleaseShuffle(1, 1)).Events.ShouldBe([new ShuffleReleased(1, 1)]);
        _sweep.Do(new ReleaseShuffle(1, 1)).Events.ShouldBeEmpty();

        _sweep.Do(new ResumeSweep()).Events.ShouldBe([new SweepResumed()]);
        _sweep.Do(new AssignNext()).Events.ShouldBe([new ShuffleAssigned(1, 2)]);
        _sweep.State.Shuffle(1).Done.Steps.ShouldBe(1);
    }

    [Fact]
    public void A_new_session_goes_on_with_a_paused_sweep()
    {
        _sweep.Do(Some.Start());
        _sweep.Do(new PauseSweep());
        _sweep.Do(new StopSession());

        _sweep.Do(Some.Start());

        _sweep.State.IsPaused.ShouldBeFalse();
    }

    [Fact]
    public void A_cancelled_sweep_gives_up_what_is_not_done_and_keeps_what_is()
    {
        _sweep.Do(Some.Start());
        _sweep.Complete(1);
        _sweep.Do(new AssignNext());
        _sweep.Do(new CancelSweep()).Events.ShouldBe([new SweepCancelled()]);

        _sweep.State.Shuffle(2).IsRunning.ShouldBeTrue();
        _sweep.Do(new ReleaseShuffle(2, 1));

        _sweep.State.Shuffles.Select(shuffle => shuffle.Status)
            .ShouldBe([ShuffleStatus.Completed, ShuffleStatus.Cancelled, ShuffleStatus.Cancelled]);
        (_sweep.State.AllEnded, _sweep.State.Cancelled).ShouldBe((true, 2));
        _sweep.Do(Some.Start()).Rejection.ShouldNotBeNull().ShouldContain("was cancelled; `advfit resume quick-");
    }

    [Fact]
    public void A_cancelled_sweep_can_be_taken_up_again()
    {
        _sweep.Do(Some.Start());
        _sweep.Do(new AssignNext());
        _sweep.Report(Some.Epoch(1, 1, 1));
        _sweep.Do(new CancelSweep());
        _sweep.Do(new StopSession());
        _sweep.State.Shuffle(1).Status.ShouldBe(ShuffleStatus.Cancelled);

        _sweep.Do(new ResumeSweep());
        _sweep.Do(Some.Start());

        _sweep.CompleteAll();
        _sweep.State.Completed.ShouldBe(3);
        _sweep.State.Shuffle(1).Attempt.ShouldBe(2);
    }

    [Fact]
    public void There_is_nothing_to_pause_or_cancel_in_a_sweep_that_has_ended()
    {
        _sweep.Do(Some.Start());
        _sweep.CompleteAll();

        _sweep.Do(new PauseSweep()).Rejection.ShouldNotBeNull();
        _sweep.Do(new CancelSweep()).Rejection.ShouldNotBeNull();
        _sweep.Do(new ResumeSweep()).Events.ShouldBeEmpty();
    }

    [Fact]
    public void Rerunning_an_attack_repeats_it_and_the_evaluation_alone()
    {
        _sweep.Do(Some.Start(Some.Spec with { Attacks = [Some.Attack("weak", 0.01), Some.Attack("fgsm")] }));
        _sweep.CompleteAll();

        _sweep.Do(new RerunShuffles([2], OnlyFailed: false, "attack:weak")).Events.Length.ShouldBe(1);
        _sweep.State.Waiting.ShouldBe([2]);
        _sweep.Do(Some.Start(_sweep.State.Spec));
        _sweep.Do(new AssignNext()).Events.ShouldBe([new ShuffleAssigned(2, 2)]);

        _sweep.NextFact(2).ShouldBe(Some.Crafted(2, 2, "weak"));
        _sweep.Report(_sweep.NextFact(2));
        _sweep.NextFact(2).ShouldBeOfType<ShuffleEvaluated>();
    }

    [Fact]
    public void Rerunning_training_repeats_all_that_follows_from_it()
    {
        _sweep.Do(Some.Start());
        _sweep.CompleteAll();

        _sweep.Do(new RerunShuffles(null, OnlyFailed: false, "train"));

        _sweep.State.Shuffles.ShouldAllBe(shuffle => shuffle.Done == default && shuffle.Status == ShuffleStatus.Planned);
    }

    [Fact]
    public void Rerunning_what_failed_keeps_what_it_had_done()
    {
        _sweep.Do(Some.Start());
        _sweep.Complete(1);
        _sweep.Do(new AssignNext());
        _sweep.Report(Some.Epoch(2, 1, 1));
        _sweep.Report(new AttemptFailed(2, 1, "NaN.", false));

        _sweep.Do(new RerunShuffles(null, OnlyFailed: true, null)).Events.ShouldHaveSingleItem()
            .ShouldBeOfType<ShuffleReopened>().Shuffle.ShouldBe(2);

        _sweep.State.Shuffle(2).Done.Steps.ShouldBe(1);
        _sweep.Do(new AssignNext()).Events.ShouldBe([new ShuffleAssigned(2, 2)]);
    }

    [Theory]
    [InlineData(null, false, "attack:other", "has no stage `attack:other`; ")]
    [InlineData(9, false, null, "There is no shuffle 9")]
    [InlineData(0, false, null, "There is no shuffle 0")]
    [InlineData(1, false, null, "Shuffle 1 is being worked on; pause the sweep first")]
    [InlineData(2, false, null, "nothing to do again")]
    [InlineData(null, true, null, "No shuffle failed")]
    public void What_cannot_be_rerun_is_told_so(int? shuffle, bool failed, string? stage, string message)
    {
        _sweep.Do(Some.Start());
        _sweep.Do(new AssignNext());
        _sweep.Report(Some.Epoch(1, 1, 1));

        _sweep.Do(new RerunShuffles(shuffle is { } number ? [number] : null, failed, stage))
            .Rejection.ShouldNotBeNull().ShouldContain(message);
    }

    [Fact]
    public void A_shuffle_says_what_it_is_doing()
    {
        _sweep.Do(Some.Start());
        _sweep.State.Doing(1).ShouldBe("planned");
        _sweep.Do(new AssignNext());
        _sweep.State.Doing(1).ShouldBe("assigned");
        _sweep.Report(_sweep.NextFact(1));
        _sweep.State.Doing(1).ShouldBe("training 2");
        _sweep.Report(_sweep.NextFact(1));
        _sweep.State.Doing(1).ShouldBe("attacking fgsm");
        _sweep.Report(_sweep.NextFact(1));
        _sweep.State.Doing(1).ShouldBe("evaluating");
        _sweep.Report(_sweep.NextFact(1));
        _sweep.State.Doing(1).ShouldBe("completed");
    }
}
