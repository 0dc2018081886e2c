using AdvFit.Learning.Kernels;
using AdvFit.Learning.Networks;
using AdvFit.Messages;

namespace AdvFit.Learning.Training;

/// <summary>Adam (Kingma and Ba 2015, algorithm 1) with PyTorch's arithmetic, and its state.</summary>
public sealed class AdamOptimizer(NetworkDefinition network, TrainingSpec training)
{
    /// <summary>Running mean of the gradients.</summary>
    public Parameters FirstMoment { get; } = new(network);

    /// <summary>Running mean of the squared gradients.</summary>
    public Parameters SecondMoment { get; } = new(network);

    /// <summary>Steps taken.</summary>
    public long Steps { get; set; }

    /// <summary>Takes one step against the gradients.</summary>
    internal unsafe void Step(VectorWidth width, Parameters weights, Parameters gradients)
    {
        Steps++;
        width.Run(new AdamStep(
            AdamConstants.For(training.LearningRate, training.Beta1, training.Beta2, training.Epsilon, Steps),
            gradients.Buffer.Pointer, FirstMoment.Buffer.Pointer, SecondMoment.Buffer.Pointer, weights.Buffer.Pointer,
            weights.Buffer.Length));
    }
}
