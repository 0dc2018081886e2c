using System.Runtime.CompilerServices;
using AdvFit.Learning.Kernels;

namespace AdvFit.Learning.Networks.Layers;

/// <summary>The hyperbolic tangent, whose derivative is 1 - tanh^2.</summary>
internal readonly struct Tanh<TOps, TVector> : IActivationFunction<TVector>
    where TOps : struct, ILaneOperations<TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value(TVector input) => ElementaryFunctions<TOps, TVector>.Tanh(input);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Gradient(TVector output, TVector gradient) =>
        TOps.Multiply(gradient, TOps.Subtract(TOps.Broadcast(1), TOps.Multiply(output, output)));
}
