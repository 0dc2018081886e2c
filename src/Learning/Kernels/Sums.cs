using System.Runtime.CompilerServices;

namespace AdvFit.Learning.Kernels;

/// <summary>Sums of whole buffers.</summary>
internal static unsafe class Sums
{
    /// <summary>Adds some numbers to others.</summary>
    public static void Add(ReadOnlySpan<float> source, Span<float> target)
    {
        for (var i = 0; i < source.Length; i++)
        {
            target[i] += source[i];
        }
    }

    /// <summary>Adds one buffer to another of the same length, a multiple of the vector's width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add<TOps, TVector>(AlignedBuffer source, AlignedBuffer target)
        where TOps : struct, ILaneOperations<TVector>
        where TVector : struct
    {
        float* from = source.Pointer, to = target.Pointer;
        for (var end = to + target.Length; to < end; from += TOps.Width, to += TOps.Width)
        {
            TOps.Store(TOps.Add(TOps.Load(to), TOps.Load(from)), to);
        }
    }
}

/// <summary>Adds one buffer to another of the same length, in vectors of any width.</summary>
internal readonly struct Addend(AlignedBuffer source, AlignedBuffer target) : IVectorized
{
    public void Run<TOps, TVector>()
        where TOps : struct, ILaneOperations<TVector>
        where TVector : struct => Sums.Add<TOps, TVector>(source, target);
}
