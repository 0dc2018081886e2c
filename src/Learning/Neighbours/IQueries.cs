using AdvFit.Learning.Data;

namespace AdvFit.Learning.Neighbours;

/// <summary>The images whose nearest neighbours are searched.</summary>
internal interface IQueries
{
    /// <summary>Number of images.</summary>
    int Count { get; }

    /// <summary>Brings an image to the <see cref="PixelGrid"/>.</summary>
    void CopyTo(int query, Span<int> grid);
}

/// <summary>Images of a pool, by their numbers.</summary>
internal sealed class PooledQueries(PooledImages images, int[] numbers) : IQueries
{
    public int Count => numbers.Length;

    public void CopyTo(int query, Span<int> grid)
    {
        var image = images.Image(numbers[query]);
        for (var i = 0; i < grid.Length; i++)
        {
            grid[i] = PixelGrid.FromByte(image[i]);
        }
    }
}

/// <summary>Images of floats in [0, 1] at an address that does not move.</summary>
internal sealed unsafe class FloatQueries(float* pixels, int count) : IQueries
{
    public int Count => count;

    public void CopyTo(int query, Span<int> grid)
    {
        var image = new ReadOnlySpan<float>(pixels + (nint)query * grid.Length, grid.Length);
        for (var i = 0; i < grid.Length; i++)
        {
            grid[i] = PixelGrid.FromUnit(image[i]);
        }
    }
}
