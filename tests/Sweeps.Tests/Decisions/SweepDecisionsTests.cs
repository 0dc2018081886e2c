using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;

namespace AdvFit.Sweeps.Tests.Decisions;

public class SweepDecisionsTests
{
    private readonly SimulatedSweep _sweep = new();

    [Fact]
    public void A_new_sweep_is_planned_and_its_session_started()
    {
        _sweep.Do(Some.Start()).Events.ShouldBe([new SweepPlanned(Some.Spec, Some.Data), new SessionStarted(Some.Session)]);

        _sweep.State.Waiting.ShouldBe([1, 2, 3]);
        _sweep.State.Created.ShouldBe(Some.Time);
    }

    [Fact]
    public void Nothing_but_a_start_is_possible_before_the_start() =>
        SweepDecisions.Decide(null, new AssignNext(), Some.Time).Rejection.ShouldBe("The sweep does not exist; start it first.");

    [Fact]
    public void Shuffles_are_assigned_in_order_and_only_while_some_wait()
    {
        _sweep.Do(Some.Start());

        _sweep.Do(new AssignNext()).Events.ShouldBe([new ShuffleAssigned(1, 1)]);
        _sweep.Do(new AssignNext()).Events.ShouldBe([new ShuffleAssigned(2, 1)]);
        _sweep.Do(new AssignNext()).Events.ShouldBe([new ShuffleAssigned(3, 1)]);
        _sweep.Do(new AssignNext()).Events.ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_is_assigned_between_sessions()
    {
        _sweep.Do(Some.Start());
        _sweep.Do(new StopSession()).Events.ShouldBe([new SessionStopped()]);

        _sweep.Do(new StopSession()).Events.ShouldBeEmpty();
        _sweep.Do(new AssignNext()).Rejection.ShouldNotBeNull().ShouldContain("start the sweep again");
    }

    [Fact]
    public void The_last_shuffle_to_end_finishes_the_sweep()
    {
        _sweep.Do(Some.Start());
        _sweep.Complete(1);
        _sweep.Complete(2);
        _sweep.Do(new AssignNext());
        _sweep.Report(Some.Epoch(3, 1, 1));

        _sweep.Report(new AttemptFailed(3, 1, "The loss is NaN.", Retryable: false)).Events[^1].ShouldBe(new SweepFinished(2, 1));

        _sweep.State.AllEnded.ShouldBeTrue();
        _sweep.State.InSession.ShouldBeFalse();
        _sweep.State.Shuffle(3).Cause.ShouldBe("The loss is NaN.");
    }

    [Fact]
    public void Starting_a_completed_sweep_again_does_nothing()
    {
        _sweep.Do(Some.Start());
        _sweep.CompleteAll();

        _sweep.Do(Some.Start()).ShouldBe(new Decision([], Some.Time, null));
    }

    [Fact]
    public void What_a_dead_session_left_assigned_is_free_again_with_its_record()
    {
        _sweep.Do(Some.Start());
        _sweep.Do(new AssignNext());
        _sweep.Report(Some.Epoch(1, 1, 1));

        _sweep.Do(Some.Start()).Events.ShouldBe([new SessionStarted(Some.Session)]);

        _sweep.Do(new AssignNext()).Events.ShouldBe([new ShuffleAssigned(1, 2)]);
        _sweep.State.Shuffle(1).Done.Steps.ShouldBe(1);
    }

    [Fact]
    public void Facts_of_an_older_attempt_change_nothing()
    {
        _sweep.Do(Some.Start());
        _sweep.Do(new AssignNext());
        _sweep.Do(Some.Start());
        _sweep.Report(Some.Epoch(1, 1, 1)).Events.ShouldBeEmpty();
        _sweep.Do(new AssignNext());

        _sweep.Report(Some.Epoch(1, 1, 1)).ShouldBe(new Decision([], Some.Time, null));
        _sweep.Report(new AttemptFailed(1, 1, "Late.", false)).Events.ShouldBeEmpty();
    }

    [Fact]
    public void A_fact_told_twice_is_recorded_once()
    {
        _sweep.Do(Some.Start());
        _sweep.Do(new AssignNext());

        _sweep.Report(Some.Epoch(1, 1, 1)).Events.Length.ShouldBe(1);
        _sweep.Report(Some.Epoch(1, 1, 1)).Events.ShouldBeEmpty();
    }

    [Fact]
    public void A_recomputed_epoch_is_recorded_and_takes_none_of_the_others_away()
    {
        _sweep.Do(Some.Start());
        _sweep.Do(new AssignNext());
        _sweep.Report(Some.Epoch(1, 1, 1));
        _sweep.Report(Some.Epoch(1, 1, 2));
        _sweep.Do(new ReleaseShuffle(1, 1));
        _sweep.Do(new AssignNext());
        var recomputed = Some.Epoch(1, 2, 1) with { Checkpoint = Some.Artifact("other") };

        _sweep.Report(recomputed).Events.ShouldBe([new FactRecorded(recomputed)]);

        _sweep.State.Shuffle(1).Done.Steps.ShouldBe(2);
    }

    [Fact]
    public void A_fact_told_again_after_others_is_recorded_once()
    {
        _sweep.Do(Some.Start());
        _sweep.Do(new AssignNext());
        _sweep.Report(Some.Epoch(1, 1, 1));
        _sweep.Report(Some.Epoch(1, 1, 2));

        _sweep.Report(Some.Epoch(1, 1, 1)).ShouldSatisfyAllConditions(
            decision => decision.IsRejected.ShouldBeFalse(),
            decision => decision.Events.ShouldBeEmpty());
    }

    [Fact]
    public void A_running_sweep_that_gets_more_attacks_has_what_runs_done_by_new_attempts()
    {
        _sweep.Do(Some.Start());
        _sweep.Do(new AssignNext());
        _sweep.Report(Some.Epoch(1, 1, 1));
        var more = Some.Start(Some.Spec with { Attacks = [Some.Attack("fgsm"), Some.Attack("weak")] }) with { JoinsSession = true };

        var events = _sweep.Do(more).Events;
        events.Length.ShouldBe(2);
        events[0].ShouldBeOfType<SweepExtended>().Spec.Attacks.Length.ShouldBe(2);
        events[1].ShouldBe(new ShuffleReleased(1, 1));
        _sweep.CompleteAll();

        _sweep.State.Shuffle(1).Attempt.ShouldBe(2);
        _sweep.State.Completed.ShouldBe(3);
    }

    [Fact]
    public void A_running_sweep_that_gets_more_shuffles_goes_on_as_before()
    {
        _sweep.Do(Some.Start());
        _sweep.Do(new AssignNext());
        var more = Some.Start(Some.Spec with { Shuffles = 4 }) with { JoinsSession = true };

        _sweep.Do(more).Events.ShouldBe([new SweepExtended(more.Spec)]);

        _sweep.State.Shuffle(1).IsRunning.ShouldBeTrue();
    }

    [Fact]
    public void A_sweep_that_a_failure_halted_begins_a_session_even_if_the_last_is_not_at_rest()
    {
        _sweep.Do(Some.Start() with { FailFast = true });
        _sweep.Do(new AssignNext());
        _sweep.Do(new AssignNext());
        _sweep.Report(new AttemptFailed(1, 1, "NaN.", Retryable: false));
        _sweep.State.IsHalted.ShouldBeTrue();

        _sweep.Do(Some.Start() with { JoinsSession = true }).Events.ShouldHaveSingleItem().ShouldBeOfType<SessionStarted>();

        _sweep.State.IsHalted.ShouldBeFalse();
        _sweep.State.Waiting.ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void Facts_out_of_order_are_refused()
    {
        _sweep.Do(Some.Start());
        _sweep.Do(new AssignNext());

        _sweep.Report(Some.Epoch(1, 1, 2)).Rejection.ShouldBe("Shuffle 1, attempt 1: train:2 was reported before train:1.");
        _sweep.Report(Some.Epoch(1, 1, 3)).Rejection.ShouldBe("Shuffle 1, attempt 1: the sweep has no stage train:3; it has 2 of train.");
        _sweep.Report(Some.Epoch(1, 2, 1)).Rejection.ShouldBe("Attempt 2 of shuffle 1 was never assigned.");
        _sweep.Report(Some.Epoch(4, 1, 1)).Rejection.ShouldBe("There is no shuffle 4; the sweep has 3.");
        _sweep.Report(Some.Crafted(1, 1, "fgsm")).Rejection.ShouldNotBeNull().ShouldContain("when only 0 of 2 of train were done");
        _sweep.Report(Some.Epoch(1, 1, 1));
        _sweep.Report(Some.Epoch(1, 1, 2));
        _sweep.Report(Some.Crafted(1, 1, "other")).Rejection.ShouldBe("Shuffle 1, attempt 1: the sweep has no stage attack:other.");
        _sweep.Report(Some.Evaluated(1, 1, "fgsm")).Rejection.ShouldNotBeNull().ShouldContain("before attack:fgsm");
        _sweep.Report(Some.Crafted(1, 1, "fgsm"));
        _sweep.Report(Some.Evaluated(2, 1, "fgsm") with { Shuffle = 1 }).Rejection.ShouldNotBeNull().ShouldContain("of shuffle 2");
    }

    [Fact]
    public void A_cause_that_may_pass_is_tried_again_after_longer_and_longer_pauses_and_anew_in_the_next_session()
    {
        _sweep.Do(Some.Start(Some.Spec with { Shuffles = 1 }));
        for (var attempt = 1; attempt <= RetryPolicy.AttemptsPerSession; attempt++)
        {
            _sweep.Do(new AssignNext()).Events.ShouldBe([new ShuffleAssigned(1, attempt)]);
            _sweep.Report(new AttemptFailed(1, attempt, "Out of memory.", Retryable: true));
            if (attempt < RetryPolicy.AttemptsPerSession)
            {
                _sweep.State.NextDue.ShouldBe(_sweep.Now + RetryPolicy.DelayAfter(attempt));
                _sweep.Do(new AssignNext()).Events.ShouldBeEmpty();
                _sweep.Now += RetryPolicy.DelayAfter(attempt);
            }
        }

        _sweep.State.Shuffle(1).Status.ShouldBe(ShuffleStatus.Failed);

        _sweep.Do(Some.Start(Some.Spec with { Shuffles = 1 }));
        _sweep.Do(new AssignNext()).Events.ShouldBe([new ShuffleAssigned(1, RetryPolicy.AttemptsPerSession + 1)]);
        _sweep.Report(new AttemptFailed(1, RetryPolicy.AttemptsPerSession + 1, "Out of memory.", Retryable: true));
        _sweep.State.Shuffle(1).Status.ShouldBe(ShuffleStatus.Planned);
    }

    [Fact]
    public void While_one_waits_for_its_time_the_others_are_assigned()
    {
        _sweep.Do(Some.Start());
        _sweep.Do(new AssignNext());
        _sweep.Report(new AttemptFailed(1, 1, "Out of memory.", Retryable: true));

        _sweep.Do(new AssignNext()).Events.ShouldBe([new ShuffleAssigned(2, 1)]);
        _sweep.Now += RetryPolicy.DelayAfter(1);
        _sweep.Do(new AssignNext()).Events.ShouldBe([new ShuffleAssigned(1, 2)]);
    }

    [Fact]
    public void Pauses_between_attempts_are_5_15_and_45_seconds() =>
        Enumerable.Range(1, 3).Select(failures => RetryPolicy.DelayAfter(failures).TotalSeconds).ShouldBe([5, 15, 45]);

    [Fact]
    public void Failing_fast_assigns_no_more_after_the_first_shuffle_that_fails()
    {
        _sweep.Do(Some.Start() with { FailFast = true });
        _sweep.Do(new AssignNext());
        _sweep.Do(new AssignNext());
        _sweep.Report(new AttemptFailed(1, 1, "The loss is NaN.", Retryable: false));

        _sweep.Do(new AssignNext()).Events.ShouldBeEmpty();
        _sweep.State.WantsRest.ShouldBeTrue();
        _sweep.Report(Some.Epoch(2, 1, 1)).Events.Length.ShouldBe(1);

        _sweep.Do(Some.Start());
        _sweep.State.WantsRest.ShouldBeFalse();
        _sweep.Do(new AssignNext()).Events.ShouldBe([new ShuffleAssigned(1, 2)]);
    }

    [Fact]
    public void Other_data_under_the_same_sweep_is_refused_with_both_hashes()
    {
        _sweep.Do(Some.Start());
        var rejection = _sweep.Do(Some.Start() with { Data = Some.Data with { Sha256 = new string('e', 64) } }).Rejection;

        rejection.ShouldNotBeNull().ShouldContain(Some.Data.Sha256);
        rejection.ShouldContain(new string('e', 64));
    }

    [Fact]
    public void Another_sweeps_spec_is_refused()
    {
        _sweep.Do(Some.Start());

        _sweep.Do(Some.Start(Some.Spec with { Seed = 1 })).Rejection.ShouldNotBeNull().ShouldContain("seed (2020 there, 1 asked for)");
    }

    [Fact]
    public void A_known_label_with_other_parameters_is_refused()
    {
        _sweep.Do(Some.Start());

        _sweep.Do(Some.Start(Some.Spec with { Attacks = [Some.Attack("fgsm", epsilon: 0.2)] }))
            .Rejection.ShouldNotBeNull().ShouldContain("labelled fgsm that differs in parameters.epsilon (0.1 there, 0.2 asked for)");
    }

    [Fact]
    public void More_shuffles_extend_the_sweep_and_fewer_do_not_shrink_it()
    {
        _sweep.Do(Some.Start());
        _sweep.CompleteAll();

        _sweep.Do(Some.Start(Some.Spec with { Shuffles = 2 })).Events.ShouldBeEmpty();
        _sweep.Do(Some.Start(Some.Spec with { Shuffles = 5 })).Events[0].ShouldBe(new SweepExtended(_sweep.State.Spec));

        _sweep.State.Spec.Shuffles.ShouldBe(5);
        _sweep.State.Waiting.ShouldBe([4, 5]);
        _sweep.State.Completed.ShouldBe(3);
    }

    [Fact]
    public void A_new_attack_lets_completed_shuffles_wait_for_it_alone()
    {
        _sweep.Do(Some.Start());
        _sweep.CompleteAll();

        _sweep.Do(Some.Start(Some.Spec with { Attacks = [Some.Attack("weak", 0.01), Some.Attack("fgsm")] }));

        _sweep.State.Waiting.ShouldBe([1, 2, 3]);
        _sweep.State.Spec.Attacks.Select(attack => attack.Label).ShouldBe(["weak", "fgsm"]);
        _sweep.Do(new AssignNext()).Events.ShouldBe([new ShuffleAssigned(1, 2)]);
        _sweep.Report(Some.Crafted(1, 2, "weak"));
        _sweep.Report(Some.Evaluated(1, 2, "weak", "fgsm"));
        _sweep.State.Shuffle(1).Status.ShouldBe(ShuffleStatus.Completed);
    }

    [Fact]
    public void A_spec_with_other_attacks_only_adds_to_those_there_are()
    {
        _sweep.Do(Some.Start());

        _sweep.Do(Some.Start(Some.Spec with { Attacks = [Some.Attack("weak", 0.01)], Shuffles = 1 }));

        _sweep.State.Spec.Attacks.Select(attack => attack.Label).ShouldBe(["weak", "fgsm"]);
        _sweep.State.Spec.Shuffles.ShouldBe(3);
    }

    [Fact]
    public void Times_never_go_back_even_when_the_clock_does()
    {
        _sweep.Do(Some.Start());

        SweepDecisions.Decide(_sweep.State, new AssignNext(), Some.Time.AddHours(-1)).At.ShouldBe(Some.Time);
        SweepDecisions.Decide(_sweep.State, new AssignNext(), Some.Time.AddHours(1)).At.ShouldBe(Some.Time.AddHours(1));
    }

    [Fact]
    public void An_event_that_no_decision_makes_cannot_be_applied()
    {
        Should.Throw<InvalidOperationException>(() => SweepState.Apply(null, new SessionStopped(), Some.Time));
        _sweep.Do(Some.Start());
        Should.Throw<InvalidOperationException>(() => _sweep.State.Apply(new ShuffleAssigned(9, 1), Some.Time));
    }
}
