using System.Runtime.CompilerServices;
using AdvFit.Learning.Kernels;
using AdvFit.Learning.Networks;
using AdvFit.Messages;

namespace AdvFit.Learning.Training.Optimizers;

/// <summary>Stochastic gradient descent with momentum, Nesterov's or none (Sutskever et al. 2013), as PyTorch's SGD.</summary>
public sealed class Sgd(NetworkDefinition network, TrainingSpec training) : Optimizer
{
    private readonly Parameters _momentum = new(network);

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Parameters Values)> State => [("momentum_buffer", _momentum)];

    private protected override unsafe void Apply(
        VectorWidth width, Parameters weights, Parameters gradients, double learningRate) => width.Run(new SgdStep(
            (float)learningRate, (float)training.Momentum, (float)training.WeightDecay, training.Nesterov,
            gradients.Buffer.Pointer, _momentum.Buffer.Pointer, weights.Buffer.Pointer, weights.TrainedLength));
}

/// <summary>One step in one pass over the weights. Momentum that starts at zero gives PyTorch's first step, too.</summary>
/// <param name="count">Floats; a multiple of 16, the buffers being padded.</param>
internal readonly unsafe struct SgdStep(
    float learningRate, float momentum, float weightDecay, bool nesterov, float* gradient, float* velocity, float* weight, int count)
    : IVectorized
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TOps, TVector>()
        where TOps : struct, ILaneOperations<TVector>
        where TVector : struct
    {
        float* gradients = gradient, velocities = velocity, values = weight;
        var (rate, keep, decay) = (TOps.Broadcast(-learningRate), TOps.Broadcast(momentum), TOps.Broadcast(weightDecay));
        var ahead = nesterov;
        var length = count;
        for (var i = 0; i < length; i += TOps.Width)
        {
            var value = TOps.Load(values + i);
            var g = TOps.FusedMultiplyAdd(value, decay, TOps.Load(gradients + i));
            var v = TOps.FusedMultiplyAdd(TOps.Load(velocities + i), keep, g);
            TOps.Store(v, velocities + i);
            TOps.Store(TOps.FusedMultiplyAdd(ahead ? TOps.FusedMultiplyAdd(v, keep, g) : v, rate, value), values + i);
        }
    }
}
