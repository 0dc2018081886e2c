using AdvFit.Experiments;
using AdvFit.Messages;

namespace AdvFit.Sweeps.Decisions;

/// <summary>
/// Which facts are recorded. Those of an older attempt, or of one that has ended, change nothing (design rule 5); nor does
/// a fact told twice. A fact that skips a stage is refused.
/// </summary>
internal static class FactDecisions
{
    public static UntimedDecision Decide(SweepState state, ShuffleFact fact)
    {
        if (!state.HasShuffle(fact.Shuffle))
        {
            return UntimedDecision.Reject($"There is no shuffle {fact.Shuffle}; the sweep has {state.Shuffles.Count}.");
        }

        var shuffle = state.Shuffle(fact.Shuffle);
        if (fact.Attempt > shuffle.Attempt)
        {
            return UntimedDecision.Reject($"Attempt {fact.Attempt} of shuffle {fact.Shuffle} was never assigned.");
        }

        if (fact.Attempt < shuffle.Attempt || !shuffle.IsRunning || IsToldAgain(state, fact))
        {
            return UntimedDecision.Nothing;
        }

        if (Fault(state.Plan, shuffle, fact) is { } fault)
        {
            return UntimedDecision.Reject($"Shuffle {fact.Shuffle}, attempt {fact.Attempt}: {fault}");
        }

        var recorded = new FactRecorded(fact);
        var after = state.Apply(recorded, state.Updated);
        return after is { AllEnded: true, Cancelled: 0 }
            ? new UntimedDecision(recorded, new SweepFinished(after.Completed, after.Failed))
            : new UntimedDecision(recorded);
    }

    /// <summary>Whether this attempt reported the stage before, however long ago: an attempt does no stage twice.</summary>
    private static bool IsToldAgain(SweepState state, ShuffleFact fact) =>
        StageKey.Of(fact) is { } stage && state.Plan.Has(state.Running[fact.Shuffle], stage);

    /// <summary>What is wrong with a fact of the current attempt, as the end of a sentence; null where nothing is.</summary>
    private static string? Fault(StagePlan plan, ShuffleState shuffle, ShuffleFact fact) => fact switch
    {
        ShuffleEvaluated evaluated when evaluated.Outcome.Shuffle != fact.Shuffle =>
            $"the outcome is that of shuffle {evaluated.Outcome.Shuffle}.",
        _ => StageKey.Of(fact) is { } stage ? plan.Fault(shuffle.Done, stage) : null,
    };
}
