namespace AdvFit.Learning.Neighbours;

/// <summary>
/// What the distances of one query in <see cref="QueryQuantization"/> say about its true distances. With q the query, c the coarse
/// query and t a train image, the triangle inequality gives | |c - t| - |q - t| | &lt;= |q - c|: so each of the K nearest is, in
/// coarse distance, within 2 |q - c| of the K-th smallest coarse distance.
/// </summary>
/// <remarks>
/// The pass computes scores |c - t|^2 - <see cref="Constant"/> = |t|^2 - 2 * Step * sum(level * (t - 128)) in floats. The sum is
/// an exact integer; it, the factor, |t|^2 and the result are each rounded once, by at most 2^-24 of themselves. With
/// N >= |t|^2 and A = 128 * Step * sum(level) >= Step * |sum(level * (t - 128))|, scores are off by 2^-24 (2 N + 6 A) and a
/// trifle; <see cref="Rounding"/> is 2^-22 (N + 2 A), which leaves room for the rounding of doubles here.
/// </remarks>
internal readonly struct QueryBounds
{
    /// <param name="grid">The query on the grid.</param>
    /// <param name="levels">Its levels.</param>
    /// <param name="largestNorm">Largest squared norm of the train images, in grey levels squared.</param>
    public QueryBounds(ReadOnlySpan<int> grid, ReadOnlySpan<byte> levels, double largestNorm)
    {
        var (error, sum, squares) = (0L, 0L, 0L);
        for (var i = 0; i < grid.Length; i++)
        {
            long level = levels[i];
            var off = QueryQuantization.Error(grid[i], levels[i]);
            error += off * off;
            sum += level;
            squares += level * level;
        }

        CoarseError = UpperBound.Of(Math.Sqrt(error) / (QueryQuantization.White * (double)PixelGrid.PerLevel));
        var largestProduct = 128 * QueryQuantization.Step * sum;
        Constant = QueryQuantization.Step * QueryQuantization.Step * squares - 2 * largestProduct;
        Rounding = (largestNorm + 2 * largestProduct) / (1 << 22);
    }

    /// <summary>An upper bound of |q - c|, in grey levels.</summary>
    public double CoarseError { get; }

    /// <summary>|c - t|^2 without the score.</summary>
    public double Constant { get; }

    /// <summary>How far scores are from what they would be without rounding, at most.</summary>
    public double Rounding { get; }

    /// <summary>A number above the scores of all of the K nearest.</summary>
    /// <param name="score">K-th smallest score of any train images.</param>
    public float Limit(float score)
    {
        var distance = Math.Sqrt(Math.Max(0, score + Rounding + Constant)) + 2 * CoarseError;
        return MathF.BitIncrement((float)(UpperBound.Of(distance * distance) - Constant + Rounding));
    }
}
