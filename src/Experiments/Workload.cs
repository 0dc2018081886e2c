using AdvFit.Learning.Attacks;
using AdvFit.Messages;

namespace AdvFit.Experiments;

/// <summary>
/// What one shuffle takes, as far as it can be known beforehand; the unit of work is the forward pass of one image.
/// </summary>
/// <param name="TrainSteps">Steps of Adam.</param>
/// <param name="TrainImages">Images trained on, over all epochs.</param>
/// <param name="PredictImages">Images predicted, over all epochs: train, test and adversarial samples.</param>
/// <param name="AttackImages">Samples attacked, over all attacks, at most.</param>
/// <param name="AttackPasses">Their forward and backward passes, for a typical sample of each attack.</param>
/// <param name="Distances">k-NN experiments: distances between two images, of train, test and adversarial samples to all train samples.</param>
/// <param name="DistancePasses">Their work, in forward passes of one image.</param>
/// <param name="Bytes">Size of the files, at most.</param>
public sealed record Workload(
    long TrainSteps, long TrainImages, long PredictImages, long AttackImages, long AttackPasses, long Distances,
    double DistancePasses, long Bytes)
{
    /// <summary>A training step costs about three forward passes: forward, input gradient, weight gradient.</summary>
    private const int PassesPerTrainedImage = 3;

    /// <summary>The whole shuffle in forward passes.</summary>
    public double ForwardPasses => PassesPerTrainedImage * TrainImages + PredictImages + AttackPasses + DistancePasses;

    /// <summary>The work of one shuffle of a sweep.</summary>
    /// <param name="materials">What it works with.</param>
    /// <param name="attackable">Test samples that can be attacked, once that is known; else all may be.</param>
    public static Workload Of(ExperimentMaterials materials, int? attackable = null)
    {
        var (sweep, train, test) = (materials.Sweep, materials.TrainCount, materials.TestCount);
        var epochs = sweep.Training.Epochs;
        var attacked = sweep.Attacks.Sum(attack => (long)Attacked(attack, attackable ?? test));
        var weights = (long)materials.Network.ParameterCount * sizeof(float);
        // Only the CNN experiment predicts the adversarial samples with every epoch's network.
        var predicted = epochs * (train + test + (sweep.Knn is null ? attacked : 0));
        var searched = sweep.Knn is null ? 0 : train + test + attacked;
        return new Workload(
            (long)epochs * ((train + sweep.Training.BatchSize - 1) / sweep.Training.BatchSize),
            (long)epochs * train,
            predicted,
            attacked,
            sweep.Attacks.Sum(attack => (long)Attacked(attack, attackable ?? test) * PassesOf(attack, materials.Data.Classes.Count)),
            searched * train,
            OfNeighbours(materials, searched),
            (epochs + 2) * weights + (long)epochs * test + attacked * materials.Data.Shape.Length * sizeof(float)
                + searched * (sweep.Knn?.Z ?? 0) * sizeof(int));
    }

    /// <summary>The work of finding the neighbours of so many images: by multiply-adds, one for each pixel and train sample.</summary>
    public static double OfNeighbours(ExperimentMaterials materials, long images) =>
        (double)images * materials.TrainCount * materials.Data.Shape.Length / materials.Network.MultiplyAdds;

    /// <summary>The work of one epoch: training, then predicting both splits.</summary>
    public static double OfEpoch(int train, int test) => PassesPerTrainedImage * (double)train + train + test;

    /// <summary>Forward and backward passes that a typical sample takes.</summary>
    public static int PassesOf(AttackSpec attack, int classes) =>
        AttackCatalog.Get(attack.Attack).PassesPerSample(attack.Parameters, classes);

    private static int Attacked(AttackSpec attack, int attackable) => Math.Min(attack.Samples ?? attackable, attackable);
}
