using AdvFit.Messages;

namespace AdvFit.Experiments.Cnn;

/// <summary>
/// The CNN workflow (Deniz et al. 2020, section 4.2 and Fig. 10) for one shuffle after another: train and checkpoint every
/// epoch, choose M, craft adversarial examples on the network of epoch M, evaluate them on the network of every epoch.
/// Each stage that the record holds, with its files intact, is taken over instead of repeated.
/// </summary>
/// <param name="materials">What the shuffles work with.</param>
/// <param name="artifacts">Where the files go.</param>
/// <param name="threads">Threads that one shuffle may use where it can use several; the results do not depend on it.</param>
public sealed class CnnExperiment(ExperimentMaterials materials, IArtifactStore artifacts, int threads = 1) : IShuffleExecutor
{
    public void Run(
        ShuffleAssignment assignment, Action<ShuffleFact> report, Action<ShuffleProgress> progress,
        CancellationToken finishSafePoint, CancellationToken abandon)
    {
        var stage = new StageContext(
            materials, assignment, artifacts, threads, report, progress, finishSafePoint, abandon);
        var epochs = new NetworkTraining(stage).Run();

        var reference = ReferenceLevel.Choose([.. epochs.Select(epoch => epoch.TestCorrect)]);
        var predictions = epochs.Select(stage.Predictions).ToArray();
        var labels = Array.ConvertAll(stage.Split.Test, materials.Images.Label);
        var rightAtReference = new bool[labels.Length];
        for (var i = 0; i < labels.Length; i++)
        {
            rightAtReference[i] = predictions[reference - 1][i] == labels[i];
        }

        var craft = new AttackCrafting(stage, epochs[reference - 1], rightAtReference);
        var sets = craft.Run();
        new EpochEvaluation(stage).Run(
            epochs, reference, predictions, labels, rightAtReference, sets, craft.Inspect(sets));
    }
}
