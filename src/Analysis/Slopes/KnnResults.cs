using System.Collections.Immutable;
using AdvFit.Analysis.Comparisons;
using AdvFit.Messages;

namespace AdvFit.Analysis.Slopes;

/// <summary>What a k-NN sweep found besides its curves (Deniz et al. 2020, section 4.1, Figs. 8 and 9).</summary>
/// <param name="Shuffles">The completed shuffles, by number.</param>
/// <param name="Subsets">Per subset and j, in the order of the subsets, then j = 1, 3, ..</param>
/// <param name="Filters">How many samples each step left, per attack in the spec's order.</param>
/// <param name="Comparisons">Each attack's slopes against those of the fail set: per j, then in the spec's order.</param>
/// <param name="PValues">The figure of the p-values.</param>
public sealed record KnnResults(
    ImmutableArray<KnnShuffle> Shuffles,
    ImmutableArray<SlopeSummary> Subsets,
    ImmutableArray<AttackFilter> Filters,
    ImmutableArray<SlopeComparison> Comparisons,
    PValueFigure PValues);

/// <summary>One completed shuffle.</summary>
/// <param name="Network">The network that was attacked.</param>
/// <param name="Attacks">In the spec's order.</param>
/// <param name="Slopes">Per subset, in the order of the subsets.</param>
public sealed record KnnShuffle(
    int Shuffle, AttackedNetwork Network, ImmutableArray<AttackOutcome> Attacks, ImmutableArray<SubsetSlopes> Slopes)
{
    /// <summary>A slope of one of the sweep's subsets.</summary>
    public Slope Slope(string subset, int j) =>
        Slopes.Single(slopes => slopes.Subset == subset).Slopes.Single(slope => slope.J == j);
}

/// <summary>The slopes of one subset of one shuffle, j = 1, 3, ..</summary>
public sealed record SubsetSlopes(string Subset, ImmutableArray<Slope> Slopes);

/// <summary>One slope of one subset over all completed shuffles. Infinite ones are counted, not dropped.</summary>
/// <param name="J">j of S_j.</param>
/// <param name="ByConstruction">
/// Whether its denominator is 0 by construction: the subset holds just what Z-NN gets wrong, and j + 2 = Z.
/// </param>
/// <param name="Finite">Shuffles in which it is a number.</param>
/// <param name="Infinite">Shuffles in which it is infinite.</param>
/// <param name="Undefined">Shuffles in which it would be 0/0, or the subset is empty.</param>
/// <param name="Values">Summary of it where it is a number in every shuffle that defines it; else why there is none.</param>
public sealed record SlopeSummary(
    string Subset, int J, bool ByConstruction, int Finite, int Infinite, int Undefined, ValueOrReason<DeltaSummary> Values);

/// <summary>How many samples each step left for one attack, summed over the completed shuffles (paper, Fig. 6).</summary>
/// <param name="TestSamples">Test samples.</param>
/// <param name="KnnCorrect">Of these, correctly classified by Z-NN.</param>
/// <param name="BothCorrect">Of these, correctly classified by the network as well: those that can be attacked.</param>
/// <param name="Attempted">Of these, attacked.</param>
/// <param name="FooledNetwork">Of these, those whose adversarial example the network gets wrong.</param>
/// <param name="FooledKnn">Of these, those whose adversarial example Z-NN gets wrong too: the adversarial set.</param>
/// <param name="KeptShare">Fooled Z-NN / fooled the network.</param>
/// <param name="L2">Euclidean norms of the perturbations of the adversarial set.</param>
/// <param name="Linf">Largest absolute pixel changes of them.</param>
public sealed record AttackFilter(
    string Attack,
    long TestSamples,
    long KnnCorrect,
    long BothCorrect,
    long Attempted,
    long FooledNetwork,
    long FooledKnn,
    ValueOrReason<double> KeptShare,
    ValueOrReason<NormSummary> L2,
    ValueOrReason<NormSummary> Linf);

/// <summary>The tests of one slope: an attack's against the fail set's.</summary>
/// <param name="J">j of S_j.</param>
/// <param name="Test">The tests. Holm's correction is over all slopes and attacks of the sweep.</param>
public sealed record SlopeComparison(int J, Comparison Test);

/// <summary>The data of Fig. 9: p-values per slope and attack, to be drawn on a logarithmic scale.</summary>
/// <param name="Lines">The dashed lines.</param>
/// <param name="Points">Per attack in the spec's order, then j = 1, 3, ..</param>
public sealed record PValueFigure(ImmutableArray<ConfidenceLine> Lines, ImmutableArray<PValuePoint> Points);

/// <summary>A line at a level of confidence.</summary>
/// <param name="PValue">1 - confidence.</param>
public sealed record ConfidenceLine(double Confidence, double PValue);

/// <summary>A point of the figure: the p-value of Welch's test, the paper's, and of the paired test.</summary>
public sealed record PValuePoint(string Attack, int J, ValueOrReason<double> Welch, ValueOrReason<double> Paired);
