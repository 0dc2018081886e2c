using System.Runtime.CompilerServices;
using AdvFit.Learning.Kernels;

namespace AdvFit.Learning.Neighbours;

/// <summary>Turns the products of a query with the 32 images of a panel into scores, see <see cref="QueryBounds"/>.</summary>
/// <param name="norms">Squared norms of the train images.</param>
/// <param name="limit">Scores of interest are below it.</param>
/// <param name="scores">The products; overwritten with the scores.</param>
/// <param name="anyBelow">Receives whether any score is below the limit.</param>
internal readonly unsafe struct PanelScores(float* norms, float limit, float* scores, bool* anyBelow) : IVectorized
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TOps, TVector>()
        where TOps : struct, ILaneOperations<TVector>
        where TVector : struct
    {
        var (factor, limits) = (TOps.Broadcast((float)(-2 * QueryQuantization.Step)), TOps.Broadcast(limit));
        var any = TOps.Broadcast(0);
        for (var lane = 0; lane < Tile.Lanes; lane += TOps.Width)
        {
            var score = TOps.FusedMultiplyAdd(factor, TOps.Load(scores + lane), TOps.Load(norms + lane));
            TOps.Store(score, scores + lane);
            any = TOps.Or(any, TOps.GreaterThan(limits, score));
        }

        *anyBelow = TOps.AnyTrue(any);
    }
}
