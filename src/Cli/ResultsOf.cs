using AdvFit.Analysis;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Queries;
using AdvFit.Sweeps.Store;

namespace AdvFit.Cli;

/// <summary>Hands a sweep to the analysis.</summary>
internal static class ResultsOf
{
    /// <summary>The results of what is done so far.</summary>
    /// <param name="store">The store, open for reading or writing.</param>
    /// <param name="sweep">The sweep's id.</param>
    /// <param name="state">How it stands.</param>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    /// <exception cref="AnalysisException">The record contradicts itself.</exception>
    public static SweepResults Sweep(SweepStore store, string sweep, SweepState state) => SweepAnalysis.Analyze(
        state.Spec,
        state.Data,
        new SweepCatalog(store).Outcomes(sweep, state),
        state.Shuffles.Select((shuffle, i) => (shuffle, Number: i + 1))
            .Where(each => each.shuffle.Status == ShuffleStatus.Failed)
            .Select(each => new FailedShuffle(each.Number, each.shuffle.Cause ?? "The cause was not recorded.")));
}
