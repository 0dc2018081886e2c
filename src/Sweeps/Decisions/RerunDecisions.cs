using System.Collections.Immutable;
using AdvFit.Messages;
using AdvFit.Sweeps.Spec;

namespace AdvFit.Sweeps.Decisions;

/// <summary>What is done again when a user asks for it: all of it or none.</summary>
internal static class RerunDecisions
{
    private const int MostNamed = 10;

    public static UntimedDecision Decide(SweepState state, RerunShuffles rerun)
    {
        if (state.IsCancelled)
        {
            return UntimedDecision.Reject("The sweep is cancelled; resume it first.");
        }

        var stages = Stages(state, rerun);
        if (stages is null)
        {
            return UntimedDecision.Reject(
                $"The sweep has no stage `{rerun.Stage}`{Suggestion.End(rerun.Stage!, [.. StageNames.Choices(state.Plan.Workflow)])}");
        }

        foreach (var unknown in (rerun.Shuffles ?? []).Where(number => !state.HasShuffle(number)))
        {
            return UntimedDecision.Reject($"There is no shuffle {unknown}; the sweep has {state.Shuffles.Count}.");
        }

        var chosen = (rerun.Shuffles ?? [.. Enumerable.Range(1, state.Shuffles.Count)])
            .Where(number => IsMeant(state, state.Shuffle(number), rerun, stages)).ToImmutableArray();
        if (chosen.IsEmpty)
        {
            return UntimedDecision.Reject(rerun.OnlyFailed
                ? "No shuffle failed; there is nothing to do again."
                : "Nothing of that is done yet; there is nothing to do again.");
        }

        var running = chosen.Where(number => state.Shuffle(number).IsRunning).ToImmutableArray();
        return running.IsEmpty
            ? new UntimedDecision([.. chosen.Select(number => new ShuffleReopened(number, [.. stages]))])
            : UntimedDecision.Reject(
                $"{(running.Length == 1 ? "Shuffle" : "Shuffles")} {Names(running)} "
                + $"{(running.Length == 1 ? "is" : "are")} being worked on; pause the sweep first, or leave them out.");
    }

    private static IReadOnlyList<string>? Stages(SweepState state, RerunShuffles rerun) => rerun switch
    {
        { Stage: { } stage } => StageNames.WithFollowing(state.Plan.Workflow, stage),
        { OnlyFailed: true } => [],
        _ => [.. state.Plan.Workflow.Phases.Select(phase => phase.Name)],
    };

    /// <summary>Shuffles that have nothing to lose by it are not meant, unless they were named or failed.</summary>
    private static bool IsMeant(SweepState state, ShuffleState shuffle, RerunShuffles rerun, IReadOnlyList<string> stages) =>
        rerun.OnlyFailed
            ? shuffle.Status == ShuffleStatus.Failed
            : shuffle.Status is ShuffleStatus.Failed
              || state.Plan.Without(shuffle.Done, stage => StageNames.AreAny(stages, stage)) != shuffle.Done;

    private static string Names(ImmutableArray<int> numbers) =>
        string.Join(", ", numbers.Take(MostNamed)) + (numbers.Length > MostNamed ? ", .." : "");
}
