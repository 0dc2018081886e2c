using AdvFit.Analysis;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;

namespace AdvFit.Sweeps.Queries;

/// <summary>Analyses a sweep from its state and the outcomes of its shuffles.</summary>
public static class StateAnalysis
{
    /// <summary>The results of what is done so far.</summary>
    /// <param name="state">The sweep.</param>
    /// <param name="outcomes">The outcomes of its completed shuffles, in their order.</param>
    /// <exception cref="AnalysisException">The outcomes contradict the spec.</exception>
    public static SweepResults Analyze(this SweepState state, IEnumerable<ShuffleOutcome> outcomes) => SweepAnalysis.Analyze(
        state.Spec,
        state.Data,
        outcomes,
        state.Shuffles.Select((shuffle, i) => (shuffle, Number: i + 1))
            .Where(each => each.shuffle.Status == ShuffleStatus.Failed)
            .Select(each => new FailedShuffle(each.Number, each.shuffle.Cause ?? "The cause was not recorded.")));
}
