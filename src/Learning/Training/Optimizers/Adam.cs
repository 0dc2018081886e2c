using AdvFit.Learning.Kernels;
using AdvFit.Learning.Networks;
using AdvFit.Messages;

namespace AdvFit.Learning.Training.Optimizers;

/// <summary>Adam (Kingma and Ba 2015, algorithm 1).</summary>
public sealed class Adam(NetworkDefinition network, TrainingSpec training) : Optimizer
{
    private readonly Parameters _firstMoment = new(network), _secondMoment = new(network);

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Parameters Values)> State =>
        [("exp_avg", _firstMoment), ("exp_avg_sq", _secondMoment)];

    private protected override unsafe void Apply(
        VectorWidth width, Parameters weights, Parameters gradients, double learningRate) => width.Run(new AdamStep(
            AdamConstants.For(training, learningRate, Steps),
            gradients.Buffer.Pointer, _firstMoment.Buffer.Pointer, _secondMoment.Buffer.Pointer, weights.Buffer.Pointer,
            weights.TrainedLength));
}
