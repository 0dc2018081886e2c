using System.Collections.Immutable;
using AdvFit.Messages;

namespace AdvFit.Experiments.Cnn;

/// <summary>
/// What one shuffle takes, as far as it can be known beforehand; the unit of work is the forward pass of one image.
/// </summary>
/// <param name="TrainSteps">Steps of Adam.</param>
/// <param name="TrainImages">Images trained on, over all epochs.</param>
/// <param name="PredictImages">Images predicted, over all epochs: train, test and adversarial samples.</param>
/// <param name="AttackImages">Samples attacked, over all attacks, if all test samples were classified correctly.</param>
/// <param name="AttackPasses">Their forward and backward passes, for a typical sample of each attack.</param>
/// <param name="Bytes">Size of the files, at most.</param>
public sealed record Workload(
    long TrainSteps, long TrainImages, long PredictImages, long AttackImages, long AttackPasses, long Bytes)
{
    /// <summary>A training step costs about three forward passes: forward, input gradient, weight gradient.</summary>
    private const int PassesPerTrainedImage = 3;

    /// <summary>The whole shuffle in forward passes.</summary>
    public double ForwardPasses => PassesPerTrainedImage * TrainImages + PredictImages + AttackPasses;

    /// <summary>The work of one shuffle of an experiment.</summary>
    public static Workload Of(CnnExperiment experiment)
    {
        var (sweep, data) = (experiment.Sweep, experiment.Data);
        var train = sweep.Subsample?.Train ?? data.Train.Count;
        var test = sweep.Subsample?.Test ?? data.Test.Count;
        var epochs = sweep.Training.Epochs;
        var attacked = sweep.Attacks.Sum(attack => (long)Attacked(attack, test));
        var weights = (long)experiment.Network.ParameterCount * sizeof(float);
        return new Workload(
            (long)epochs * ((train + sweep.Training.BatchSize - 1) / sweep.Training.BatchSize),
            (long)epochs * train,
            epochs * (train + test + attacked),
            attacked,
            sweep.Attacks.Sum(attack => (long)Attacked(attack, test) * PassesOf(attack, data.Classes.Count)),
            (epochs + 2) * weights + (long)epochs * test + attacked * data.Shape.Length * sizeof(float));
    }

    /// <summary>The work of one epoch: training, then predicting both splits.</summary>
    public static double OfEpoch(int train, int test) => PassesPerTrainedImage * (double)train + train + test;

    /// <summary>Forward and backward passes that a typical sample takes.</summary>
    public static int PassesOf(AttackSpec attack, int classes) => attack.Attack switch
    {
        // Measured on LeNet-5: DeepFool takes two to four steps, each with a gradient for every class.
        "deepfool" => 3 * (classes + 1),
        "hopskipjump" => HopSkipJumpPasses(attack.Parameters),
        "carlini-wagner" => CarliniWagnerPasses(attack.Parameters),
        _ => 3,
    };

    private static int HopSkipJumpPasses(ImmutableSortedDictionary<string, double> parameters)
    {
        const int bisectionAndStep = 20;
        var (iterations, first) = (parameters["max_iterations"], parameters["initial_gradient_queries"]);
        var passes = iterations * bisectionAndStep + first * 2 / 3 * Math.Pow(iterations, 1.5);
        return (int)Math.Min(passes, parameters["query_budget"]);
    }

    private static int CarliniWagnerPasses(ImmutableSortedDictionary<string, double> parameters)
    {
        // Measured on LeNet-5: Adam is aborted after a third of its iterations; a line search tries six lengths.
        var iterations = parameters["binary_search_steps"] * parameters["max_iterations"];
        var passes = parameters["line_search"] != 0 ? 7 * iterations
            : parameters["abort_early"] != 0 ? 2 * iterations / 3
            : 2 * iterations;
        return (int)Math.Min(passes, int.MaxValue / 2);
    }

    private static int Attacked(AttackSpec attack, int test) => Math.Min(attack.Samples ?? test, test);
}
