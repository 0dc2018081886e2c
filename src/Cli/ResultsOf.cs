using AdvFit.Analysis;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Queries;
using AdvFit.Sweeps.Store;

namespace AdvFit.Cli;

/// <summary>Hands a sweep to the analysis.</summary>
internal static class ResultsOf
{
    /// <summary>The results of what is done so far.</summary>
    /// <param name="source">Where it is.</param>
    /// <param name="sweep">The sweep's id.</param>
    /// <param name="state">How it stands.</param>
    /// <exception cref="StoreException">It cannot be read.</exception>
    /// <exception cref="AnalysisException">The record contradicts itself.</exception>
    public static SweepResults Sweep(ISweepSource source, string sweep, SweepState state) => SweepAnalysis.Analyze(
        state.Spec,
        state.Data,
        new SweepCatalog(source).Outcomes(sweep, state),
        state.Shuffles.Select((shuffle, i) => (shuffle, Number: i + 1))
            .Where(each => each.shuffle.Status == ShuffleStatus.Failed)
            .Select(each => new FailedShuffle(each.Number, each.shuffle.Cause ?? "The cause was not recorded.")));
}
