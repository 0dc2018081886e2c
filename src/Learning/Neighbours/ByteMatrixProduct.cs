using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using AdvFit.Learning.Kernels;

namespace AdvFit.Learning.Neighbours;

/// <summary>The matrix product of small integers; the same bits at every vector width.</summary>
internal static unsafe class ByteMatrixProduct
{
    /// <summary>sums[query][lane] = sum over quads and their bytes: levels * pixels, as the nearest float.</summary>
    /// <param name="width">Width of the vectors.</param>
    /// <param name="levels">[query][quad]: bytes 0 to 63.</param>
    /// <param name="pitch">Quads from one query to the next.</param>
    /// <param name="queries">Number of queries, a multiple of six.</param>
    /// <param name="pixels">[quad][32 lanes]: bytes -128 to 127.</param>
    /// <param name="quads">Number of quads; even.</param>
    /// <param name="sums">Overwritten.</param>
    public static void Run(VectorWidth width, int* levels, nint pitch, int queries, int* pixels, int quads, float* sums)
    {
        switch (width)
        {
            case VectorWidth.Bits128:
                ByteMatrixProduct<ByteDotProduct128, Vector128<int>>.Run(levels, pitch, queries, pixels, quads, sums);
                break;
            case VectorWidth.Bits256:
                ByteMatrixProduct<ByteDotProduct256, Vector256<int>>.Run(levels, pitch, queries, pixels, quads, sums);
                break;
            case VectorWidth.Bits512:
                ByteMatrixProduct<ByteDotProduct512, Vector512<int>>.Run(levels, pitch, queries, pixels, quads, sums);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(width));
        }
    }
}

/// <summary>
/// The kernel of <see cref="ByteMatrixProduct"/>: six queries by two vectors of train images stay in registers while the
/// pixels go by, eight at a time.
/// </summary>
internal static unsafe class ByteMatrixProduct<TOps, TVector>
    where TOps : struct, IByteDotProduct<TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(int* levels, nint pitch, int queries, int* pixels, int quads, float* sums)
    {
        for (var end = levels + queries * pitch; levels < end; levels += 6 * pitch, sums += 6 * Tile.Lanes)
        {
            for (var lane = 0; lane < Tile.Lanes; lane += 2 * TOps.Width)
            {
                var left0 = TOps.Broadcast(0);
                var right0 = left0;
                var left1 = left0;
                var right1 = left0;
                var left2 = left0;
                var right2 = left0;
                var left3 = left0;
                var right3 = left0;
                var left4 = left0;
                var right4 = left0;
                var left5 = left0;
                var right5 = left0;
                var row = pixels + lane;
                var lower = levels;
                var upper = levels + 3 * pitch;
                for (var quad = quads; quad > 0; quad -= 2)
                {
                    var a = TOps.Load(row);
                    var b = TOps.Load(row + TOps.Width);
                    var c = TOps.Load(row + Tile.Lanes);
                    var d = TOps.Load(row + Tile.Lanes + TOps.Width);
                    var q = TOps.Broadcast(lower[0]);
                    var r = TOps.Broadcast(lower[1]);
                    left0 = TOps.MultiplyAdd(q, a, r, c, left0);
                    right0 = TOps.MultiplyAdd(q, b, r, d, right0);
                    q = TOps.Broadcast(lower[pitch]);
                    r = TOps.Broadcast(lower[pitch + 1]);
                    left1 = TOps.MultiplyAdd(q, a, r, c, left1);
                    right1 = TOps.MultiplyAdd(q, b, r, d, right1);
                    q = TOps.Broadcast(lower[2 * pitch]);
                    r = TOps.Broadcast(lower[2 * pitch + 1]);
                    left2 = TOps.MultiplyAdd(q, a, r, c, left2);
                    right2 = TOps.MultiplyAdd(q, b, r, d, right2);
                    q = TOps.Broadcast(upper[0]);
                    r = TOps.Broadcast(upper[1]);
                    left3 = TOps.MultiplyAdd(q, a, r, c, left3);
                    right3 = TOps.MultiplyAdd(q, b, r, d, right3);
                    q = TOps.Broadcast(upper[pitch]);
                    r = TOps.Broadcast(upper[pitch + 1]);
                    left4 = TOps.MultiplyAdd(q, a, r, c, left4);
                    right4 = TOps.MultiplyAdd(q, b, r, d, right4);
                    q = TOps.Broadcast(upper[2 * pitch]);
                    r = TOps.Broadcast(upper[2 * pitch + 1]);
                    left5 = TOps.MultiplyAdd(q, a, r, c, left5);
                    right5 = TOps.MultiplyAdd(q, b, r, d, right5);
                    row += 2 * Tile.Lanes;
                    lower += 2;
                    upper += 2;
                }

                var target = sums + lane;
                TOps.StoreSingle(left0, target);
                TOps.StoreSingle(right0, target + TOps.Width);
                target += Tile.Lanes;
                TOps.StoreSingle(left1, target);
                TOps.StoreSingle(right1, target + TOps.Width);
                target += Tile.Lanes;
                TOps.StoreSingle(left2, target);
                TOps.StoreSingle(right2, target + TOps.Width);
                target += Tile.Lanes;
                TOps.StoreSingle(left3, target);
                TOps.StoreSingle(right3, target + TOps.Width);
                target += Tile.Lanes;
                TOps.StoreSingle(left4, target);
                TOps.StoreSingle(right4, target + TOps.Width);
                target += Tile.Lanes;
                TOps.StoreSingle(left5, target);
                TOps.StoreSingle(right5, target + TOps.Width);
            }
        }
    }
}
