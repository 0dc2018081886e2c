using AdvFit.Analysis;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;

namespace AdvFit.Coordinator;

/// <summary>Hands a sweep to the analysis.</summary>
internal static class ResultsOf
{
    /// <summary>The results of what is done so far.</summary>
    /// <param name="state">How the sweep stands.</param>
    /// <param name="outcomes">What its completed shuffles found, in their order.</param>
    /// <exception cref="AnalysisException">The record contradicts itself.</exception>
    public static SweepResults Sweep(SweepState state, IEnumerable<ShuffleOutcome> outcomes) => SweepAnalysis.Analyze(
        state.Spec,
        state.Data,
        outcomes,
        state.Shuffles.Select((shuffle, i) => (shuffle, Number: i + 1))
            .Where(each => each.shuffle.Status == ShuffleStatus.Failed)
            .Select(each => new FailedShuffle(each.Number, each.shuffle.Cause ?? "The cause was not recorded.")));
}
