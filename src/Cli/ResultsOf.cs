using AdvFit.Analysis;
using AdvFit.Sweeps.Decisions;

namespace AdvFit.Cli;

/// <summary>Hands a sweep to the analysis.</summary>
internal static class ResultsOf
{
    /// <summary>The results of what is done so far.</summary>
    /// <exception cref="AnalysisException">The record contradicts itself.</exception>
    public static SweepResults Sweep(SweepState state) => SweepAnalysis.Analyze(
        state.Spec,
        state.Data,
        state.Shuffles.Select(shuffle => shuffle.Outcome).OfType<Messages.ShuffleOutcome>(),
        state.Shuffles.Select((shuffle, i) => (shuffle, Number: i + 1))
            .Where(each => each.shuffle.Status == ShuffleStatus.Failed)
            .Select(each => new FailedShuffle(each.Number, each.shuffle.Cause ?? "The cause was not recorded.")));
}
