using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;

namespace AdvFit.Api.Text;

/// <summary>One line for each thing that gets done in a sweep.</summary>
public static class EventLines
{
    /// <summary>The line of a finished shuffle, a failed attempt or what the whole sweep was told; null for all else.</summary>
    public static string? OfShuffle(SweepEvent sweepEvent, SweepState state) => sweepEvent switch
    {
        FactRecorded { Fact: ShuffleEvaluated { Outcome: var outcome } } =>
            $"shuffle {outcome.Shuffle}  done ({state.Completed} of {state.Shuffles.Count}): "
            + $"test {TestAt(outcome, outcome.Levels.IndexOf(outcome.ReferenceLevel))} at "
            + (state.Spec.Knn is null
                ? $"epoch {outcome.ReferenceLevel} (M), {TestAt(outcome, ^1)} at the last"
                : $"K = {outcome.ReferenceLevel} (Z), {TestAt(outcome, ^1)} at K = 1"),
        FactRecorded { Fact: AttemptFailed failed } =>
            $"shuffle {failed.Shuffle}  attempt {failed.Attempt} failed: {failed.Cause}"
            + (state.Shuffle(failed.Shuffle).Status == ShuffleStatus.Planned ? $" It will be tried again in {Format.Duration(RetryPolicy.DelayAfter(state.Shuffle(failed.Shuffle).Failures).TotalSeconds)}." : ""),
        SweepPaused => "paused; `advfit resume` goes on",
        SweepResumed => "resumed",
        SweepCancelled => "cancelled",
        ShuffleReopened reopened => $"shuffle {reopened.Shuffle}  is done again: "
            + (reopened.Stages.IsEmpty ? "what it lacks" : string.Join(", ", reopened.Stages)),
        _ => null,
    };

    /// <summary>The line of a finished epoch, search, attack or shuffle or a failed attempt; null for all else.</summary>
    public static string? OfStage(SweepEvent sweepEvent, SweepState state) => sweepEvent switch
    {
        FactRecorded { Fact: EpochTrained epoch } =>
            $"shuffle {epoch.Shuffle}  epoch {epoch.Epoch}/{state.Spec.Training.Epochs}  loss {Format.Number(epoch.MeanLoss)}"
            + $"  correct: {Format.Count(epoch.TrainCorrect)} train, {Format.Count(epoch.TestCorrect)} test"
            + $"  {Format.Duration(epoch.Cost.WallSeconds)}",
        FactRecorded { Fact: NeighboursFound found } =>
            $"shuffle {found.Shuffle}  {state.Spec.Knn?.Z}-NN has {Format.Count(found.Correct[0])} of "
            + $"{Format.Count(found.Samples)} {found.Subset} right  {Format.Duration(found.Cost.WallSeconds)}",
        FactRecorded { Fact: AttackCrafted { Outcome: var outcome } attack } =>
            $"shuffle {attack.Shuffle}  {outcome.Attack} fooled {Format.Count(outcome.Succeeded)} of "
            + $"{Format.Count(outcome.Attempted)}  mean L2 {Format.Number(outcome.L2.Mean)}"
            + $"  {Format.Duration(attack.Cost.WallSeconds)}",
        _ => OfShuffle(sweepEvent, state),
    };

    private static string TestAt(ShuffleOutcome outcome, Index level)
    {
        var test = outcome.Curves.Single(curve => curve.Subset == Subsets.Test);
        return Format.Percent(test.Correct[level.GetOffset(test.Correct.Length)] / (double)test.Samples);
    }
}
