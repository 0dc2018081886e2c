using AdvFit.Messages;

namespace AdvFit.Experiments.Knn;

/// <summary>
/// The k-NN workflow (Deniz et al. 2020, section 4.1 and Fig. 6) for one shuffle after another: train the network to be
/// attacked and choose its epoch, find the neighbours of the test and train samples, craft adversarial examples on the
/// network from the test samples that it and Z-NN get right, find the neighbours of those that fool the network, keep the
/// ones that fool Z-NN too, and measure every subset at K = Z, Z - 2, .., 1.
/// Each stage that the record holds, with its files intact, is taken over instead of repeated.
/// </summary>
/// <param name="materials">What the shuffles work with.</param>
/// <param name="knn">The classifier.</param>
/// <param name="artifacts">Where the files go.</param>
/// <param name="threads">Threads that one shuffle may use where it can use several; the results do not depend on it.</param>
public sealed class KnnExperiment(
    ExperimentMaterials materials, KnnSpec knn, IArtifactStore artifacts, int threads = 1) : IShuffleExecutor
{
    public void Run(
        ShuffleAssignment assignment, Action<ShuffleFact> report, Action<ShuffleProgress> progress,
        CancellationToken finishSafePoint, CancellationToken abandon)
    {
        var stage = new StageContext(
            materials, assignment, artifacts, threads, report, progress, finishSafePoint, abandon);
        var attacked = Choose(new NetworkTraining(stage).Run());

        var neighbours = new NeighbourSearch(stage, knn);
        var test = neighbours.OfSplit(Subsets.Test, stage.Split.Test);
        var train = neighbours.OfSplit(Subsets.Train, stage.Split.Train);
        var byNetwork = stage.Predictions(attacked);
        var eligible = new bool[stage.Split.Test.Length];
        for (var i = 0; i < eligible.Length; i++)
        {
            eligible[i] = test.IsRight(level: 0, i) && byNetwork[i] == test.Labels[i];
        }

        var craft = new AttackCrafting(stage, attacked, eligible);
        var sets = craft.Run();
        var adversarial = sets.Select(neighbours.OfExamples).ToList();
        new NeighbourEvaluation(stage, knn).Run(
            new AttackedNetwork(attacked.Epoch, attacked.TestCorrect, eligible.Count(both => both)),
            craft.Inspect(sets), train, test, sets, adversarial);
    }

    /// <summary>The epoch whose network is attacked.</summary>
    private EpochTrained Choose(IReadOnlyList<EpochTrained> epochs) => knn.Choose == EpochChoices.Last
        ? epochs[^1]
        : epochs[ReferenceLevel.Choose([.. epochs.Select(epoch => epoch.TestCorrect)]) - 1];
}
