using System.Collections.Immutable;
using System.Text.Json.Serialization;
using AdvFit.Analysis.Statistics;
using AdvFit.Messages;

namespace AdvFit.Analysis.Json;

/// <summary>
/// What was observed in the shuffles and the subsets. Records that are not taken apart here are written under the names of
/// their properties, so that renaming one of these renames a field of the results.
/// </summary>
internal static class ObservationsJson
{
    internal static object Shuffle(ShuffleResult shuffle) => new ShuffleMembers(
        shuffle.Shuffle, shuffle.ReferenceLevel, shuffle.LastLevel, shuffle.Note, shuffle.Curves,
        shuffle.Attacks.Select(Attack), shuffle.Victim);

    internal static object Subset(SubsetSummary subset) => new
    {
        subset.Subset, subset.MeanCurve, Deltas = subset.Deltas.Select(Deltas),
    };

    internal static object Deltas(DeltaSummary deltas) => Members(deltas.Distribution, deltas.MeanInterval);

    internal static ValueOrReason<object> Norms(Distribution norms) => norms.Count == 0
        ? ValueOrReason.Absent<object>("the attack has no success in this shuffle")
        : ValueOrReason.Of(Members(norms, meanInterval: null));

    private static object Attack(AttackOutcome attack) => new
    {
        attack.Attack, attack.Attempted, attack.Succeeded, attack.Queries, attack.Gradients, L2 = Norms(attack.L2),
        Linf = Norms(attack.Linf),
    };

    private static object Members(Distribution of, ValueOrReason<Interval>? meanInterval) => new
    {
        of.Count,
        of.Mean,
        StandardDeviation = of.Count < 2
            ? ValueOrReason.Absent<double>("there is only one value")
            : ValueOrReason.Of(of.StandardDeviation),
        of.Minimum,
        of.LowerQuartile,
        of.Median,
        of.UpperQuartile,
        of.Maximum,
        MeanInterval = meanInterval,
    };

    private sealed record ShuffleMembers(
        int Shuffle, int ReferenceLevel, int LastLevel, string? Note, ImmutableArray<SubsetCurve> Curves,
        IEnumerable<object> Attacks,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] VictimChecks? Victim);
}
