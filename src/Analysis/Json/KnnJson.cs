using AdvFit.Analysis.Slopes;

namespace AdvFit.Analysis.Json;

/// <summary>What k-NN sweeps have besides what all sweeps have.</summary>
internal static class KnnJson
{
    internal static object Of(KnnResults knn) => new
    {
        Shuffles = knn.Shuffles.Select(Shuffle),
        Slopes = knn.Subsets.Select(Summary),
        knn.Filters,
        SlopeComparisons = knn.Comparisons.Select(ComparisonJson.Of),
        PValueFigure = knn.PValues,
    };

    private static object Shuffle(KnnShuffle shuffle) => new
    {
        shuffle.Shuffle,
        shuffle.Network,
        Filters =
            from attack in shuffle.Attacks
            select new
            {
                attack.Attack, attack.Attempted, FooledNetwork = attack.Succeeded, FooledKnn = attack.Transfer!.Kept,
                L2 = ObservationsJson.Norms(attack.Transfer.L2), Linf = ObservationsJson.Norms(attack.Transfer.Linf),
            },
        Slopes =
            from subset in shuffle.Slopes
            from slope in subset.Slopes
            select new { subset.Subset, slope.J, slope.Kind, slope.Value },
    };

    private static object Summary(SlopeSummary slope) => new
    {
        slope.Subset, slope.J, slope.ByConstruction, slope.Finite, slope.Infinite, slope.Undefined,
        Values = slope.Values.Select(ObservationsJson.Deltas),
    };
}
