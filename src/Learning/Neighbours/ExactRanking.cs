using AdvFit.Learning.Data;

namespace AdvFit.Learning.Neighbours;

/// <summary>
/// Decides which candidates are the K nearest, and in which order, in integers: first by the distances of the query rounded
/// to bytes, which rule most out, then by those on the grid.
/// </summary>
internal sealed class ExactRanking(PooledImages images, int[] train)
{
    private readonly byte[] _rounded = new byte[images.Shape.Length];

    /// <param name="query">The query on the grid.</param>
    /// <param name="candidates">Positions of the candidates; the K nearest are among them.</param>
    /// <param name="nearest">Receives the positions of the K nearest, by distance, then by position.</param>
    public void Rank(ReadOnlySpan<int> query, int[] candidates, Span<int> nearest)
    {
        var error = Round(query);
        var distances = Array.ConvertAll(candidates, position => ByteDistance.Squared(_rounded, Image(position)));
        var sorted = distances.ToArray();
        Array.Sort(sorted);
        // The triangle inequality, as in QueryBounds.
        var limit = UpperBound.Of(Square(Math.Sqrt(sorted[nearest.Length - 1]) + 2 * error));
        var finalists = new List<(long Distance, int Position)>();
        for (var i = 0; i < candidates.Length; i++)
        {
            if (distances[i] <= limit)
            {
                finalists.Add((PixelGrid.SquaredDistance(query, Image(candidates[i])), candidates[i]));
            }
        }

        finalists.Sort();
        for (var i = 0; i < nearest.Length; i++)
        {
            nearest[i] = finalists[i].Position;
        }
    }

    /// <summary>Rounds the query to bytes and returns an upper bound of the distance between the two, in grey levels.</summary>
    private double Round(ReadOnlySpan<int> query)
    {
        var error = 0L;
        for (var i = 0; i < query.Length; i++)
        {
            _rounded[i] = (byte)((query[i] + PixelGrid.PerLevel / 2) / PixelGrid.PerLevel);
            long off = query[i] - PixelGrid.FromByte(_rounded[i]);
            error += off * off;
        }

        return UpperBound.Of(Math.Sqrt(error) / PixelGrid.PerLevel);
    }

    private ReadOnlySpan<byte> Image(int position) => images.Image(train[position]);

    private static double Square(double value) => value * value;
}
