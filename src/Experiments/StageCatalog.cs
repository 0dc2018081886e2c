using System.Collections.Frozen;
using System.Collections.Immutable;
using AdvFit.Messages;

namespace AdvFit.Experiments;

/// <summary>The kinds of stages that there are, and which of them each experiment has.</summary>
public static class StageCatalog
{
    private static readonly StageDefinition Training = new TrainingStage();
    private static readonly StageDefinition Attack = new AttackStage();
    private static readonly StageDefinition Evaluation = new EvaluationStage();

    private static readonly ImmutableArray<StageDefinition> Cnn = [Training, Attack, Evaluation];

    private static readonly ImmutableArray<StageDefinition> Knn =
        [Training, NeighbourStage.OfSplits, Attack, NeighbourStage.OfExamples, Evaluation];

    private static readonly FrozenDictionary<Type, StageDefinition> ByFact =
        Facts.ToFrozenDictionary(stage => stage.FactJson.Type);

    private static readonly FrozenDictionary<Type, int> Places =
        Facts.Index().ToFrozenDictionary(kind => kind.Item.FactJson.Type, kind => kind.Index);

    /// <summary>The kinds of facts of stages, each by the first stage that it reports, in the order of a shuffle record.</summary>
    public static IEnumerable<StageDefinition> Facts => Knn.Union(Cnn).DistinctBy(stage => stage.FactName);

    /// <summary>The place of a fact's kind in the order of <see cref="Facts"/>.</summary>
    internal static int PlaceOf(StageFact fact) => Places[fact.GetType()];

    /// <summary>The stages of a sweep's experiment in their order.</summary>
    public static ImmutableArray<StageDefinition> Of(SweepSpec spec) => spec.Knn is null ? Cnn : Knn;

    /// <summary>The stage of a fact with results; null for any other fact.</summary>
    public static StageDefinition? Of(ShuffleFact fact) => ByFact.GetValueOrDefault(fact.GetType());
}
