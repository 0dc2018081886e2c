using System.Runtime.CompilerServices;
using AdvFit.Learning.Kernels;

namespace AdvFit.Learning.Networks.Layers;

/// <summary>max(x, 0).</summary>
internal readonly struct Relu<TOps, TVector> : IActivationFunction<TVector>
    where TOps : struct, ILaneOperations<TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value(TVector input) => TOps.Max(TOps.Broadcast(0), input);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Gradient(TVector output, TVector gradient) =>
        TOps.And(TOps.GreaterThan(output, TOps.Broadcast(0)), gradient);
}
