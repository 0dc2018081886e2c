using System.Globalization;
using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Messages.Text;
using AdvFit.Sweeps.Decisions;

namespace AdvFit.Api.Text;

/// <summary>One line for each thing that gets done in a sweep.</summary>
public static class EventLines
{
    /// <summary>The line of a finished shuffle, a failed attempt or what the whole sweep was told; null for all else.</summary>
    public static string? OfShuffle(SweepEvent sweepEvent, SweepState state) =>
        Words(sweepEvent, state) is { } words ? VisibleText.Line(words) : null;

    /// <summary>The line of a finished stage or shuffle or a failed attempt; null for all else.</summary>
    public static string? OfStage(SweepEvent sweepEvent, SweepState state) => sweepEvent switch
    {
        FactRecorded { Fact: StageFact fact } when StageCatalog.Of(fact)?.Describe(fact, state.Spec) is { } words =>
            VisibleText.Line($"shuffle {fact.Shuffle}  {Shown(words)}  {Format.Duration(fact.Cost.WallSeconds)}"),
        _ => OfShuffle(sweepEvent, state),
    };

    private static string? Words(SweepEvent sweepEvent, SweepState state) => sweepEvent switch
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

    private static string Shown(FormattableString words) => string.Format(
        CultureInfo.InvariantCulture, words.Format,
        Array.ConvertAll(words.GetArguments(), value => value is double number ? Format.Number(number) : value));

    private static string TestAt(ShuffleOutcome outcome, Index level)
    {
        var test = outcome.Curves.Single(curve => curve.Subset == Subsets.Test);
        return Format.Percent(test.Correct[level.GetOffset(test.Correct.Length)] / (double)test.Samples);
    }
}
