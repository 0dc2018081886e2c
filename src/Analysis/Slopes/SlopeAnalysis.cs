using System.Collections.Immutable;
using AdvFit.Analysis.Statistics;
using AdvFit.Messages;

namespace AdvFit.Analysis.Slopes;

/// <summary>From the curves of a k-NN sweep to its slopes and their tests (paper, section 4.1).</summary>
internal static class SlopeAnalysis
{
    /// <summary>The levels of confidence whose lines Fig. 9 shows.</summary>
    private static readonly ImmutableArray<ConfidenceLine> Lines = [new(0.95, 0.05), new(0.99, 0.01)];

    internal static KnnResults Of(
        SweepSpec spec, int z, ImmutableArray<ShuffleOutcome> outcomes, ImmutableArray<string> subsets)
    {
        // S_j is of K = j and K = j + 2, the larger of which is at most Z.
        ImmutableArray<int> slopes = [.. Enumerable.Range(0, (z - 1) / 2).Select(i => 1 + 2 * i)];
        ImmutableArray<KnnShuffle> shuffles = [.. outcomes.Select(outcome => new KnnShuffle(
            outcome.Shuffle, outcome.Network!,
            [.. spec.Attacks.Select(attack => outcome.Attacks.Single(found => found.Attack == attack.Label))],
            [.. subsets.Select(subset => new SubsetSlopes(subset, [.. slopes.Select(j => Measure(outcome, subset, j))]))]))];
        var comparisons = SlopeComparisons.Of(spec, z, slopes, shuffles);
        return new KnnResults(
            shuffles,
            [.. from subset in subsets from j in slopes select Summarize(subset, j, z, shuffles)],
            [.. spec.Attacks.Select(attack => AttackFilters.Of(attack.Label, outcomes))],
            comparisons,
            new PValueFigure(
                Lines,
                [
                    .. from attack in spec.Attacks
                       from comparison in comparisons
                       where comparison.Test.Attack == attack.Label
                       select new PValuePoint(
                           attack.Label, comparison.J, comparison.Test.Welch.Select(test => test.PValue),
                           comparison.Test.Paired.Select(test => test.PValue)),
                ]));
    }

    /// <summary>Whether the denominator of S_j is 0 by construction.</summary>
    internal static bool IsByConstruction(string subset, int j, int z) =>
        j + 2 == z && subset is not (Subsets.Train or Subsets.Test);

    private static Slope Measure(ShuffleOutcome outcome, string subset, int j)
    {
        var curve = outcome.Curves.Single(curve => curve.Subset == subset);
        var at = outcome.Levels.IndexOf(j);
        return Slope.Of(j, curve.Correct[at], curve.Correct[at - 1], curve.Samples);
    }

    private static SlopeSummary Summarize(string subset, int j, int z, ImmutableArray<KnnShuffle> shuffles)
    {
        Slope[] slopes = [.. shuffles.Select(shuffle => shuffle.Slope(subset, j))];
        double[] finite = [.. slopes.Where(slope => slope.Kind == SlopeKind.Finite).Select(slope => slope.Value.Value)];
        var infinite = slopes.Count(slope => slope.Kind == SlopeKind.Infinite);
        var byConstruction = IsByConstruction(subset, j, z);
        return new SlopeSummary(
            subset, j, byConstruction, finite.Length, infinite, slopes.Length - finite.Length - infinite,
            byConstruction ? ValueOrReason.Absent<DeltaSummary>(SlopeReasons.ByConstruction(j))
                : infinite > 0 ? ValueOrReason.Absent<DeltaSummary>(SlopeReasons.Infinite(subset, j, infinite, slopes.Length))
                : finite.Length == 0 ? ValueOrReason.Absent<DeltaSummary>("no shuffle has a value")
                : ValueOrReason.Of(new DeltaSummary(Distributions.Summarize(finite), Interval.OfMean(finite))));
    }
}
