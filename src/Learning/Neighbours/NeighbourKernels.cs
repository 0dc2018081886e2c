using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using AdvFit.Learning.Kernels;

namespace AdvFit.Learning.Neighbours;

/// <summary>The kernels of one vector width.</summary>
internal abstract unsafe class NeighbourKernels
{
    /// <summary>The kernels for a width; the same bits from each.</summary>
    public static NeighbourKernels For(VectorWidth width) => width switch
    {
        VectorWidth.Bits128 => new NeighbourKernels<ByteDotProduct128, Vector128<int>, Lanes128, Vector128<float>>(),
        VectorWidth.Bits256 => new NeighbourKernels<ByteDotProduct256, Vector256<int>, Lanes256, Vector256<float>>(),
        VectorWidth.Bits512 => new NeighbourKernels<ByteDotProduct512, Vector512<int>, Lanes512, Vector512<float>>(),
        _ => throw new ArgumentOutOfRangeException(nameof(width)),
    };

    /// <inheritdoc cref="ByteMatrixProduct{TOps,TVector}.Run"/>
    public abstract void ByteMatrixProduct(int* levels, nint pitch, int queries, int* pixels, int quads, float* sums);

    /// <summary>Turns 32 sums of levels and pixels into scores, see <see cref="QueryBounds"/>.</summary>
    /// <param name="norms">Squared norms of the train images.</param>
    /// <param name="limit">Scores of interest are below it.</param>
    /// <param name="scores">The sums; overwritten with the scores.</param>
    /// <returns>Whether any is below the limit.</returns>
    public abstract bool AnyBelow(float* norms, float limit, float* scores);
}

/// <inheritdoc/>
internal sealed unsafe class NeighbourKernels<TQuads, TInts, TOps, TVector> : NeighbourKernels
    where TQuads : struct, IByteDotProduct<TInts>
    where TInts : struct
    where TOps : struct, ILaneOperations<TVector>
    where TVector : struct
{
    public override void ByteMatrixProduct(int* levels, nint pitch, int queries, int* pixels, int quads, float* sums) =>
        ByteMatrixProduct<TQuads, TInts>.Run(levels, pitch, queries, pixels, quads, sums);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool AnyBelow(float* norms, float limit, float* scores)
    {
        var (factor, limits) = (TOps.Broadcast((float)(-2 * QueryQuantization.Step)), TOps.Broadcast(limit));
        var any = TOps.Broadcast(0);
        for (var lane = 0; lane < Tile.Lanes; lane += TOps.Width)
        {
            var score = TOps.FusedMultiplyAdd(factor, TOps.Load(scores + lane), TOps.Load(norms + lane));
            TOps.Store(score, scores + lane);
            any = TOps.Or(any, TOps.GreaterThan(limits, score));
        }

        return TOps.AnyTrue(any);
    }
}
