using System.Runtime.CompilerServices;

namespace AdvFit.Learning.Kernels;

/// <summary>Activations, in place. Counts are in floats and multiples of 32.</summary>
internal static unsafe class Activations<TOps, TVector>
    where TOps : struct, ILaneOperations<TVector>
    where TVector : struct
{
    /// <summary>values = max(values, 0); NaN stays, so that nothing hides it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Relu(float* values, int count)
    {
        var zero = TOps.Broadcast(0);
        for (var end = values + count; values < end; values += TOps.Width)
        {
            TOps.Store(TOps.Max(zero, TOps.Load(values)), values);
        }
    }

    /// <summary>gradients = gradients where the output is positive, else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ReluGradient(float* outputs, float* gradients, int count)
    {
        var zero = TOps.Broadcast(0);
        for (var end = outputs + count; outputs < end; outputs += TOps.Width, gradients += TOps.Width)
        {
            TOps.Store(TOps.And(TOps.GreaterThan(TOps.Load(outputs), zero), TOps.Load(gradients)), gradients);
        }
    }

    /// <summary>values = tanh(values).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tanh(float* values, int count)
    {
        for (var end = values + count; values < end; values += TOps.Width)
        {
            TOps.Store(ElementaryFunctions<TOps, TVector>.Tanh(TOps.Load(values)), values);
        }
    }

    /// <summary>gradients = gradients * (1 - output^2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TanhGradient(float* outputs, float* gradients, int count)
    {
        var one = TOps.Broadcast(1);
        for (var end = outputs + count; outputs < end; outputs += TOps.Width, gradients += TOps.Width)
        {
            var y = TOps.Load(outputs);
            TOps.Store(
                TOps.Multiply(TOps.Load(gradients), TOps.Subtract(one, TOps.Multiply(y, y))), gradients);
        }
    }
}
