using AdvFit.Learning.Kernels;
using AdvFit.Learning.Networks;
using AdvFit.Messages;

namespace AdvFit.Learning.Training.Optimizers;

/// <summary>Changes weights by their gradients, with PyTorch's arithmetic. It keeps its state between steps.</summary>
public abstract class Optimizer
{
    /// <summary>Steps taken.</summary>
    public long Steps { get; set; }

    /// <summary>What it keeps of each parameter, under PyTorch's names for it.</summary>
    public abstract IReadOnlyList<(string Name, Parameters Values)> State { get; }

    /// <summary>The optimiser that a spec asks for.</summary>
    public static Optimizer Create(NetworkDefinition network, TrainingSpec training) => training.Optimizer switch
    {
        OptimizerKind.Adam => new Adam(network, training),
        OptimizerKind.Sgd => new Sgd(network, training),
        OptimizerKind.RmsProp => new RmsProp(network, training),
        _ => throw new ArgumentOutOfRangeException(nameof(training)),
    };

    /// <summary>Takes one step against the gradients.</summary>
    /// <param name="learningRate">The learning rate of this step.</param>
    internal void Step(VectorWidth width, Parameters weights, Parameters gradients, double learningRate)
    {
        Steps++;
        Apply(width, weights, gradients, learningRate);
    }

    /// <summary>Takes step number <see cref="Steps"/>.</summary>
    private protected abstract void Apply(VectorWidth width, Parameters weights, Parameters gradients, double learningRate);
}
