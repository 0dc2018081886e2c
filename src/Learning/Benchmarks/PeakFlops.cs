using System.Runtime.CompilerServices;
using AdvFit.Learning.Kernels;

namespace AdvFit.Learning.Benchmarks;

/// <summary>The most that one core can do: fused multiply-adds on registers, with nothing to wait for.</summary>
public static class PeakFlops
{
    private const int Iterations = 20_000;

    /// <summary>Floating-point operations per second of one core, a fused multiply-add being two.</summary>
    public static double Measure(VectorWidth width, TimeSpan budget)
    {
        // The sum is kept where the compiler cannot see that nobody reads it.
        var sink = new float[1];
        var seconds = Timing.Fastest(() => width.Run(new IndependentChains(sink)), budget);
        return Iterations * 12.0 * 2 * ((int)width / 32) / seconds;
    }

    /// <summary>Twelve independent chains: enough for two multiply-adds a cycle of latency four or five.</summary>
    private readonly struct IndependentChains(float[] sink) : IVectorized
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public unsafe void Run<TOps, TVector>()
            where TOps : struct, ILaneOperations<TVector>
            where TVector : struct
        {
            var half = TOps.Broadcast(0.5f);
            var one = TOps.Broadcast(1f);
            TVector a = one, b = one, c = one, d = one, e = one, f = one, g = one, h = one, i = one, j = one, k = one, l = one;
            for (var iteration = 0; iteration < Iterations; iteration++)
            {
                a = TOps.FusedMultiplyAdd(a, half, one);
                b = TOps.FusedMultiplyAdd(b, half, one);
                c = TOps.FusedMultiplyAdd(c, half, one);
                d = TOps.FusedMultiplyAdd(d, half, one);
                e = TOps.FusedMultiplyAdd(e, half, one);
                f = TOps.FusedMultiplyAdd(f, half, one);
                g = TOps.FusedMultiplyAdd(g, half, one);
                h = TOps.FusedMultiplyAdd(h, half, one);
                i = TOps.FusedMultiplyAdd(i, half, one);
                j = TOps.FusedMultiplyAdd(j, half, one);
                k = TOps.FusedMultiplyAdd(k, half, one);
                l = TOps.FusedMultiplyAdd(l, half, one);
            }

            var sum = TOps.Add(TOps.Add(TOps.Add(a, b), TOps.Add(c, d)), TOps.Add(TOps.Add(e, f), TOps.Add(g, h)));
            sum = TOps.Add(sum, TOps.Add(TOps.Add(i, j), TOps.Add(k, l)));
            var lanes = stackalloc float[TOps.Width];
            TOps.Store(sum, lanes);
            sink[0] += lanes[0];
        }
    }
}
