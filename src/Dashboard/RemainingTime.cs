using System.Collections.Immutable;
using AdvFit.Experiments;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Queries;

namespace AdvFit.Dashboard;

/// <summary>Estimates the time that is left of a sweep from the mean times of its stages so far.</summary>
internal sealed class RemainingTime
{
    private readonly SweepState _state;
    private readonly ImmutableArray<(StageKey Stage, double? Seconds)> _stages;

    /// <param name="state">The sweep.</param>
    /// <param name="history">The times of its stages, by the names that <see cref="SweepHistory"/> gives them.</param>
    public RemainingTime(SweepState state, ImmutableArray<StageHistory> history)
    {
        _state = state;
        var means = history.ToDictionary(stage => stage.Stage, stage => stage.Cost.WallSeconds / stage.Count);
        _stages =
        [
            .. from phase in state.Plan.Workflow.Phases
               from stage in phase.Stages
               select (stage, Mean(means, stage)),
        ];
    }

    /// <summary>Number of stages of each shuffle.</summary>
    public int Stages => _stages.Length;

    /// <summary>Number of completed stages of a shuffle.</summary>
    public static int DoneOf(SweepState state, ShuffleState shuffle) => shuffle.Status == ShuffleStatus.Completed
        ? state.Plan.Workflow.Phases.Sum(phase => phase.Stages.Count())
        : state.Plan.Workflow.Phases.Sum(phase => phase.Stages.Count(stage => state.Plan.Has(shuffle.Done, stage)));

    /// <summary>Seconds of wall-clock time left of a shuffle; null where a stage has no time yet.</summary>
    public double? SecondsLeft(ShuffleState shuffle)
    {
        double? seconds = 0;
        foreach (var (stage, mean) in _stages)
        {
            if (!_state.Plan.Has(shuffle.Done, stage))
            {
                seconds += mean;
            }
        }

        return seconds;
    }

    /// <summary>Seconds of wall-clock time left of the sweep in so many slots; null where a stage has no time yet.</summary>
    public double? SecondsLeft(int slots) => _state.Shuffles
        .Where(shuffle => shuffle.Status is not (ShuffleStatus.Completed or ShuffleStatus.Failed or ShuffleStatus.Cancelled))
        .Aggregate((double?)0, (sum, shuffle) => sum + SecondsLeft(shuffle)) / Math.Max(slots, 1);

    private static double? Mean(Dictionary<string, double> means, StageKey stage) =>
        means.TryGetValue(stage.Item.Length > 0 ? $"{stage.Phase} {stage.Item}" : stage.Phase, out var mean) ? mean : null;
}
