using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Cluster;
using AdvFit.Sweeps.Tests.Decisions;

namespace AdvFit.Sweeps.Tests.Cluster;

/// <summary>What becomes of facts: at the entity, at the sweep, at the node, in the analysis.</summary>
public class FactsOfShufflesTests
{
    private readonly SimulatedSweep _sweep = new();

    public FactsOfShufflesTests()
    {
        _sweep.Do(Some.Start());
        _sweep.Do(new AssignNext());
    }

    [Fact]
    public void A_recorded_fact_is_accepted_however_often_it_is_told()
    {
        _sweep.Report(Some.Epoch(1, 1, 1));
        FactVerdict.Of(_sweep.State, Some.Epoch(1, 1, 1)).ShouldBeOfType<FactAccepted>();

        _sweep.Report(Some.Epoch(1, 1, 2));

        FactVerdict.Of(_sweep.State, Some.Epoch(1, 1, 1)).ShouldBeOfType<FactAccepted>();
    }

    [Fact]
    public void A_fact_of_another_attempt_or_of_one_that_was_given_back_is_fenced()
    {
        _sweep.Do(new ReleaseShuffle(1, 1));
        FactVerdict.Of(_sweep.State, Some.Epoch(1, 1, 1)).ShouldBeOfType<AttemptFenced>();

        _sweep.Do(new AssignNext());

        FactVerdict.Of(_sweep.State, Some.Epoch(1, 1, 1)).ShouldBeOfType<AttemptFenced>();
    }

    [Fact]
    public void A_failure_is_accepted_once_the_attempt_is_at_its_end()
    {
        var failed = new AttemptFailed(1, 1, "Full.", Retryable: true);
        FactVerdict.Of(_sweep.State, failed).ShouldBeOfType<AttemptFenced>();

        _sweep.Report(failed);

        FactVerdict.Of(_sweep.State, failed).ShouldBeOfType<FactAccepted>();
    }

    [Fact]
    public void Stages_kept_are_those_that_the_sweep_counts()
    {
        _sweep.Report(Some.Epoch(1, 1, 1));
        _sweep.Report(Some.Epoch(1, 1, 2));
        _sweep.Report(Some.Crafted(1, 1, "fgsm"));

        var kept = CompletedStages.Of(_sweep.State.Plan, _sweep.State.Shuffle(1).Done);

        kept.ShouldSatisfyAllConditions(
            () => kept.Steps.ShouldBe(2),
            () => kept.Named.ShouldBe(["attack:fgsm"]),
            () => kept.Has(StageKey.OfStep("train", 2)).ShouldBeTrue(),
            () => kept.Has(StageKey.OfStep("train", 3)).ShouldBeFalse(),
            () => kept.Has(StageKey.OfItem("attack", "fgsm")).ShouldBeTrue(),
            () => kept.Has(StageKey.OfItem("evaluate", "")).ShouldBeFalse());
    }

    [Fact]
    public void A_brief_fact_is_completed_by_the_full_one_of_its_own_attempt()
    {
        var facts = new ShuffleFacts();
        var (first, second) = (Some.Epoch(1, 1, 1), Some.Epoch(1, 2, 1));
        facts.Add(new ShuffleAssigned(1, 1));
        facts.Add(new FactRecorded(first));
        facts.Add(new FactRecorded(second));

        facts.Complete(new FactRecorded(StageCompletion.Of(first))).ShouldBe(new FactRecorded(first));
        facts.Complete(new FactRecorded(StageCompletion.Of(second))).ShouldBe(new FactRecorded(second));
        facts.Complete(new FactRecorded(StageCompletion.Of(Some.Epoch(1, 3, 1)))).ShouldBeNull();
        facts.Complete(new SweepPaused()).ShouldBe(new SweepPaused());
    }

    [Fact]
    public void The_analysis_counts_an_outcome_once_the_sweep_does_and_an_event_once()
    {
        var evaluated = Some.Evaluated(1, 1, "fgsm");
        _sweep.Report(Some.Epoch(1, 1, 1));
        _sweep.Report(Some.Epoch(1, 1, 2));
        _sweep.Report(Some.Crafted(1, 1, "fgsm"));
        var known = AnalysedSweeps.Empty.AddOfShuffle("s", At(new FactRecorded(evaluated)));
        foreach (var (number, sweepEvent) in _sweep.Events.Index())
        {
            known = known.AddOfSweep("s", number + 1, At(sweepEvent)).AddOfSweep("s", number + 1, At(sweepEvent));
        }

        known.Sweeps["s"].Completed.ShouldBeEmpty();
        known = known.AddOfSweep("s", _sweep.Events.Count + 1, At(new FactRecorded(evaluated)));

        known.Sweeps["s"].Completed.ShouldBe([evaluated.Outcome]);
    }

    [Fact]
    public void The_analysis_follows_a_sweep_up_to_where_its_journal_is_damaged_and_the_others_beyond()
    {
        var known = _sweep.Events.Index().Aggregate(
            AnalysedSweeps.Empty, (all, each) => all.AddOfSweep("s", each.Index + 1, At(each.Item)).AddOfSweep("t", each.Index + 1, At(each.Item)));
        var last = _sweep.Events.Count;

        var gap = known.AddOfSweep("s", last + 2, At(new SweepPaused())).AddOfSweep("s", last + 1, At(new SweepPaused()));
        gap.DamageOf("s").ShouldBe($"its event {last + 2} follows event {last}, and what is between is missing");
        gap.Sweeps["s"].Replay.Number.ShouldBe(last);
        gap.AddOfSweep("t", last + 1, At(new SweepPaused())).Sweeps["t"].Replay.State!.IsPaused.ShouldBeTrue();
        gap.Without("s").DamageOf("s").ShouldBeNull();

        foreach (var impossible in new SweepEvent[] { new ShuffleReopened(1, []), new FactRecorded(Some.Crafted(1, 1, "no-such-attack")) })
        {
            known.AddOfSweep("s", last + 1, At(impossible)).DamageOf("s").ShouldBe($"its event {last + 1} contradicts those before it");
        }
    }

    private static JournaledEvent At(SweepEvent sweepEvent) => new(Some.Time, sweepEvent);
}
