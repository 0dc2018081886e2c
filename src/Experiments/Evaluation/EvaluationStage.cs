namespace AdvFit.Experiments;

/// <summary>The evaluation of every subset at every fit level, which concludes a shuffle.</summary>
internal sealed class EvaluationStage() : StageDefinition<ShuffleEvaluated>(
    "evaluate", "evaluating", "shuffle-evaluated.1", ShuffleEvaluatedJson.Default.ShuffleEvaluated);
