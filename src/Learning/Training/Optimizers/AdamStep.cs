using System.Runtime.CompilerServices;
using AdvFit.Learning.Kernels;
using AdvFit.Messages;

namespace AdvFit.Learning.Training.Optimizers;

/// <summary>The numbers of one Adam step, each computed in double and rounded once, as PyTorch does.</summary>
/// <param name="Beta1">Decay of the first moment.</param>
/// <param name="OneMinusBeta1">1 - beta1.</param>
/// <param name="Beta2">Decay of the second moment.</param>
/// <param name="OneMinusBeta2">1 - beta2.</param>
/// <param name="StepSize">Learning rate / (1 - beta1^t).</param>
/// <param name="SecondCorrection">sqrt(1 - beta2^t).</param>
/// <param name="Epsilon">Added to the denominator.</param>
/// <param name="WeightDecay">What the weights times are added to the gradients.</param>
internal readonly record struct AdamConstants(
    float Beta1, float OneMinusBeta1, float Beta2, float OneMinusBeta2, float StepSize, float SecondCorrection,
    float Epsilon, float WeightDecay)
{
    /// <summary>The constants of step <paramref name="step"/>, counted from 1.</summary>
    public static AdamConstants For(TrainingSpec training, double learningRate, long step)
    {
        var (beta1, beta2) = (training.Beta1, training.Beta2);
        return new(
            (float)beta1, (float)(1 - beta1), (float)beta2, (float)(1 - beta2),
            (float)(learningRate / (1 - Power(beta1, step))), (float)Math.Sqrt(1 - Power(beta2, step)),
            (float)training.Epsilon, (float)training.WeightDecay);
    }

    /// <summary>By repeated squaring: unlike the C library's pow, the same bits everywhere.</summary>
    private static double Power(double value, long exponent)
    {
        var result = 1.0;
        for (; exponent > 0; exponent >>= 1, value *= value)
        {
            result = (exponent & 1) == 1 ? result * value : result;
        }

        return result;
    }
}

/// <summary>Adam (Kingma and Ba 2015, algorithm 1) in one pass over the weights, in PyTorch's order of operations.</summary>
/// <param name="count">Floats; a multiple of 16, the buffers being padded.</param>
internal readonly unsafe struct AdamStep(
    AdamConstants constants, float* gradient, float* firstMoment, float* secondMoment, float* weights, int count)
    : IVectorized
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TOps, TVector>()
        where TOps : struct, ILaneOperations<TVector>
        where TVector : struct
    {
        float* gradients = gradient, means = firstMoment, squares = secondMoment, values = weights;
        var beta1 = TOps.Broadcast(constants.Beta1);
        var oneMinusBeta1 = TOps.Broadcast(constants.OneMinusBeta1);
        var beta2 = TOps.Broadcast(constants.Beta2);
        var oneMinusBeta2 = TOps.Broadcast(constants.OneMinusBeta2);
        var step = TOps.Broadcast(-constants.StepSize);
        var correction = TOps.Broadcast(constants.SecondCorrection);
        var epsilon = TOps.Broadcast(constants.Epsilon);
        var decay = TOps.Broadcast(constants.WeightDecay);
        var length = count;
        for (var i = 0; i < length; i += TOps.Width)
        {
            var g = TOps.FusedMultiplyAdd(TOps.Load(values + i), decay, TOps.Load(gradients + i));
            var m = TOps.FusedMultiplyAdd(g, oneMinusBeta1, TOps.Multiply(TOps.Load(means + i), beta1));
            var v = TOps.FusedMultiplyAdd(
                TOps.Multiply(g, g), oneMinusBeta2, TOps.Multiply(TOps.Load(squares + i), beta2));
            TOps.Store(m, means + i);
            TOps.Store(v, squares + i);
            var denominator = TOps.Add(TOps.Divide(TOps.SquareRoot(v), correction), epsilon);
            TOps.Store(
                TOps.Add(TOps.Load(values + i), TOps.Divide(TOps.Multiply(m, step), denominator)), values + i);
        }
    }
}
