using System.Collections.Immutable;
using AdvFit.Messages;

namespace AdvFit.Experiments;

/// <summary>
/// The search for the nearest train samples of some images: before the attacks those of the splits, after them those of
/// each attack's examples.
/// </summary>
internal sealed class NeighbourStage : StageDefinition<NeighboursFound>
{
    private readonly Func<SweepSpec, ImmutableArray<string>> _items;

    private NeighbourStage(string phase, Func<SweepSpec, ImmutableArray<string>> items)
        : base(phase, "finding neighbours of", "neighbours-found.1", NeighboursFoundJson.Default.NeighboursFound, "subset") =>
        _items = items;

    /// <summary>The search for the neighbours of the test and train samples.</summary>
    public static NeighbourStage OfSplits { get; } = new("neighbours", _ => [Subsets.Test, Subsets.Train]);

    /// <summary>The search for the neighbours of the adversarial examples of each attack.</summary>
    public static NeighbourStage OfExamples { get; } =
        new("transfer", spec => [.. spec.Attacks.Select(attack => attack.Label)]);

    public override string RecordMember => "neighbours";

    public override ImmutableArray<string> ItemsOf(SweepSpec spec) => _items(spec);

    public override StageKey Key(int number, string item) => StageKey.OfItem(
        (item is Subsets.Test or Subsets.Train ? OfSplits : OfExamples).Phase, item);

    protected override string ItemOf(NeighboursFound fact) => fact.Subset;

    protected override IEnumerable<StageFile> FilesOf(NeighboursFound fact) => [new(fact.Neighbours)];

    protected override FormattableString Describe(NeighboursFound fact, SweepSpec spec) =>
        $"{spec.Knn?.Z}-NN has {fact.Correct[0]:N0} of {fact.Samples:N0} {fact.Subset} right";
}
