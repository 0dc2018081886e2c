using System.Collections.Immutable;
using AdvFit.Analysis.Comparisons;
using AdvFit.Analysis.Findings;
using AdvFit.Analysis.Slopes;
using AdvFit.Analysis.Statistics;
using AdvFit.Messages;

namespace AdvFit.Analysis;

/// <summary>
/// What a sweep found: a function of its spec, its data and its shuffles' outcomes alone. Accuracies and deltas are
/// shares in [0, 1] and [-1, 1]; counts are exact.
/// </summary>
/// <param name="Levels">The fit levels, ascending in fit; empty while no shuffle is completed.</param>
/// <param name="Shuffles">The completed shuffles, by number.</param>
/// <param name="Failed">The shuffles that ended without a result, by number.</param>
/// <param name="Pending">Numbers of the planned shuffles that have not ended.</param>
/// <param name="Subsets">Train, test, fail, then the attacks in the spec's order.</param>
/// <param name="Attacks">In the spec's order.</param>
/// <param name="Comparisons">Each attack's deltas against test's, then against fail's, in the spec's order.</param>
/// <param name="Findings">The results in plain sentences, to be read in order.</param>
public sealed record SweepResults(
    SweepSpec Spec,
    DataProvenance Data,
    ImmutableArray<int> Levels,
    ImmutableArray<ShuffleResult> Shuffles,
    ImmutableArray<FailedShuffle> Failed,
    ImmutableArray<int> Pending,
    ImmutableArray<SubsetSummary> Subsets,
    ImmutableArray<AttackSummary> Attacks,
    ImmutableArray<Comparison> Comparisons,
    ImmutableArray<Finding> Findings)
{
    /// <summary>What k-NN sweeps have besides; null for CNN sweeps.</summary>
    public KnnResults? Knn { get; init; }
}

/// <summary>A shuffle that ended without a result.</summary>
/// <param name="Cause">One sentence for a person; it becomes part of the results.</param>
public sealed record FailedShuffle(int Shuffle, string Cause);

/// <summary>One completed shuffle.</summary>
/// <param name="ReferenceLevel">M, the epoch of the highest test accuracy, the first on a tie; or Z of Z-NN.</param>
/// <param name="LastLevel">The last epoch, or K = 1.</param>
/// <param name="Note">What a reader of the deltas must know, such as that M is the last epoch; usually null.</param>
/// <param name="Curves">One per subset, in the order of <see cref="SweepResults.Subsets"/>.</param>
/// <param name="Attacks">In the spec's order.</param>
public sealed record ShuffleResult(
    int Shuffle,
    int ReferenceLevel,
    int LastLevel,
    string? Note,
    ImmutableArray<SubsetCurve> Curves,
    ImmutableArray<AttackOutcome> Attacks)
{
    /// <summary>Whether the attacks measured robustness; null where an earlier version recorded the shuffle.</summary>
    public VictimChecks? Victim { get; init; }

    /// <summary>The curve of one of the sweep's subsets.</summary>
    /// <exception cref="InvalidOperationException">The sweep has no such subset.</exception>
    public SubsetCurve Curve(string subset) => Curves.Single(curve => curve.Subset == subset);
}

/// <summary>One subset of one shuffle.</summary>
/// <param name="Samples">Size of the subset.</param>
/// <param name="Correct">Samples classified correctly at each level.</param>
/// <param name="Accuracy">Correct / samples at each level; no value for an empty subset.</param>
/// <param name="Delta">Accuracy at the last level minus accuracy at the reference level (paper, section 4.2).</param>
public sealed record SubsetCurve(
    string Subset,
    int Samples,
    ImmutableArray<int> Correct,
    ValueOrReason<ImmutableArray<double>> Accuracy,
    ValueOrReason<double> Delta);

/// <summary>One subset over all completed shuffles.</summary>
/// <param name="MeanCurve">One entry per level.</param>
/// <param name="Deltas">Summary of the deltas of the shuffles that have one.</param>
public sealed record SubsetSummary(
    string Subset, ImmutableArray<LevelMean> MeanCurve, ValueOrReason<DeltaSummary> Deltas);

/// <summary>Mean accuracy of a subset at one level.</summary>
/// <param name="Shuffles">Shuffles in which the subset is not empty.</param>
/// <param name="Interval">95% confidence interval of the mean; as computed, so it may pass 0 or 1.</param>
public sealed record LevelMean(int Level, int Shuffles, ValueOrReason<double> Mean, ValueOrReason<Interval> Interval);

/// <summary>A subset's deltas, one value per shuffle.</summary>
/// <param name="MeanInterval">95% confidence interval of the mean.</param>
public sealed record DeltaSummary(Distribution Distribution, ValueOrReason<Interval> MeanInterval);

/// <summary>One attack over all completed shuffles.</summary>
/// <param name="Attempted">Samples attacked, summed over shuffles.</param>
/// <param name="Succeeded">Samples fooled, summed over shuffles.</param>
/// <param name="SuccessRate">Succeeded / attempted.</param>
/// <param name="Queries">Forward passes, in images, summed over shuffles.</param>
/// <param name="Gradients">Backward passes, in images, summed over shuffles.</param>
/// <param name="L2">Euclidean norms of the successful perturbations, pixels in [0, 1].</param>
/// <param name="Linf">Largest absolute pixel changes of the successful perturbations.</param>
public sealed record AttackSummary(
    string Attack,
    long Attempted,
    long Succeeded,
    ValueOrReason<double> SuccessRate,
    long Queries,
    long Gradients,
    ValueOrReason<NormSummary> L2,
    ValueOrReason<NormSummary> Linf);

/// <summary>Norms of one attack's successful perturbations over all completed shuffles.</summary>
/// <param name="Shuffles">Shuffles with at least one success.</param>
/// <param name="Samples">Successful perturbations.</param>
/// <param name="MeanOfMeans">Mean over shuffles of each shuffle's mean.</param>
/// <param name="MeanOfMedians">Mean over shuffles of each shuffle's median.</param>
/// <param name="PooledMean">Mean over all samples of all shuffles.</param>
/// <param name="PooledStandardDeviation">Unbiased, over all samples of all shuffles.</param>
public sealed record NormSummary(
    int Shuffles,
    long Samples,
    double MeanOfMeans,
    double MeanOfMedians,
    double Minimum,
    double Maximum,
    double PooledMean,
    ValueOrReason<double> PooledStandardDeviation);
