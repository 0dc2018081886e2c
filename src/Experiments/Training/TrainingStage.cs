using System.Collections.Immutable;
using AdvFit.Messages;

namespace AdvFit.Experiments;

/// <summary>Training of the network, one stage per epoch.</summary>
internal sealed class TrainingStage() : StageDefinition<EpochTrained>(
    "train", "training", "epoch-trained.1", EpochTrainedJson.Default.EpochTrained, "epoch")
{
    public override string RecordMember => "epochs";

    public override int StepsOf(SweepSpec spec) => spec.Training.Epochs;

    public override ImmutableArray<string> ItemsOf(SweepSpec spec) => [];

    protected override int StepOf(EpochTrained fact) => fact.Epoch;

    protected override IEnumerable<StageFile> FilesOf(EpochTrained fact) =>
    [
        new(fact.Checkpoint, FileRole.Checkpoint), new(fact.Predictions), new(fact.Optimizer, FileRole.Optimizer),
    ];

    protected override FormattableString Describe(EpochTrained fact, SweepSpec spec) =>
        $"epoch {fact.Epoch}/{spec.Training.Epochs}  loss {fact.MeanLoss}  correct: {fact.TrainCorrect:N0} train, {fact.TestCorrect:N0} test";
}
