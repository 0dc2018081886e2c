using System.Runtime.CompilerServices;
using AdvFit.Learning.Kernels;
using AdvFit.Learning.Networks;
using AdvFit.Messages;

namespace AdvFit.Learning.Training.Optimizers;

/// <summary>RMSprop (Tieleman and Hinton 2012) with or without momentum, as PyTorch's, whose alpha is <see cref="TrainingSpec.Beta2"/>.</summary>
public sealed class RmsProp(NetworkDefinition network, TrainingSpec training) : Optimizer
{
    private readonly Parameters _squares = new(network), _momentum = new(network);

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Parameters Values)> State =>
        [("square_avg", _squares), ("momentum_buffer", _momentum)];

    private protected override unsafe void Apply(
        VectorWidth width, Parameters weights, Parameters gradients, double learningRate) => width.Run(new RmsPropStep(
            (float)learningRate, training, gradients.Buffer.Pointer, _squares.Buffer.Pointer, _momentum.Buffer.Pointer,
            weights.Buffer.Pointer, weights.TrainedLength));
}

/// <summary>One step in one pass over the weights.</summary>
/// <param name="count">Floats; a multiple of 16, the buffers being padded.</param>
internal readonly unsafe struct RmsPropStep(
    float learningRate, TrainingSpec training, float* gradient, float* square, float* velocity, float* weight, int count)
    : IVectorized
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TOps, TVector>()
        where TOps : struct, ILaneOperations<TVector>
        where TVector : struct
    {
        float* gradients = gradient, squares = square, velocities = velocity, values = weight;
        var (rate, keep) = (TOps.Broadcast(-learningRate), TOps.Broadcast((float)training.Momentum));
        var (decay, epsilon) = (TOps.Broadcast((float)training.WeightDecay), TOps.Broadcast((float)training.Epsilon));
        var (alpha, rest) = (TOps.Broadcast((float)training.Beta2), TOps.Broadcast((float)(1 - training.Beta2)));
        var length = count;
        for (var i = 0; i < length; i += TOps.Width)
        {
            var value = TOps.Load(values + i);
            var g = TOps.FusedMultiplyAdd(value, decay, TOps.Load(gradients + i));
            var s = TOps.FusedMultiplyAdd(TOps.Multiply(g, g), rest, TOps.Multiply(TOps.Load(squares + i), alpha));
            TOps.Store(s, squares + i);
            var direction = TOps.Divide(g, TOps.Add(TOps.SquareRoot(s), epsilon));
            var v = TOps.FusedMultiplyAdd(TOps.Load(velocities + i), keep, direction);
            TOps.Store(v, velocities + i);
            TOps.Store(TOps.FusedMultiplyAdd(v, rate, value), values + i);
        }
    }
}
