namespace AdvFit.Learning.Neighbours;

/// <summary>
/// Queries in 64 levels from black to white, few enough for products that processors compute four times as many at once as
/// of floats: sixteen bits hold the sum of four products with a pixel of eight bits.
/// </summary>
internal static class QueryQuantization
{
    /// <summary>The level of white.</summary>
    public const int White = 63;

    /// <summary>Grey levels from one level to the next.</summary>
    public const double Step = (double)byte.MaxValue / White;

    /// <summary>The level nearest to a point of the grid.</summary>
    public static byte Nearest(int grid) => (byte)((2L * White * grid + PixelGrid.White) / (2L * PixelGrid.White));

    /// <summary>How far a point of the grid is from its level, in 63rds of the grid's unit; exact.</summary>
    public static long Error(int grid, int level) => (long)White * grid - (long)PixelGrid.White * level;
}
