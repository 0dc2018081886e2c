using System.Runtime.Intrinsics;

namespace AdvFit.Learning.Kernels;

/// <summary>
/// Sums over lanes. They are kept in 16 partial sums, of lanes i and i + 16, whatever the vector width, and added in a fixed
/// tree, so that every width gives the same bits.
/// </summary>
internal static unsafe class LaneSums<TOps, TVector>
    where TOps : struct, ILaneOperations<TVector>
    where TVector : struct
{
    /// <summary>Number of partial sums.</summary>
    public const int Partials = Tile.Lanes / 2;

    /// <summary>The sum of rows of 32 lanes.</summary>
    /// <param name="scratch">Room for the partial sums.</param>
    public static float OfRows(float* rows, int count, float* scratch)
    {
        for (var lane = 0; lane < Partials; lane += TOps.Width)
        {
            var sum = TOps.Broadcast(0);
            for (var row = rows + lane; row < rows + count * Tile.Lanes; row += Tile.Lanes)
            {
                sum = TOps.Add(TOps.Add(sum, TOps.Load(row)), TOps.Load(row + Partials));
            }

            TOps.Store(sum, scratch + lane);
        }

        return OfPartials(scratch);
    }

    /// <summary>The sum of 16 partial sums: i + 8, then i + 4, i + 2, i + 1.</summary>
    public static float OfPartials(float* sums)
    {
        var four = (Vector128.Load(sums) + Vector128.Load(sums + 8)) + (Vector128.Load(sums + 4) + Vector128.Load(sums + 12));
        return (four[0] + four[2]) + (four[1] + four[3]);
    }
}
