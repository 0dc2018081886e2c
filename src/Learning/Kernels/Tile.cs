namespace AdvFit.Learning.Kernels;

/// <summary>The unit of work of the CPU engine: 32 images, batch innermost.</summary>
public static class Tile
{
    /// <summary>
    /// Images per tile. Element (i, lane) of a tile's array is at i * Lanes + lane, so that a row of lanes is two
    /// AVX-512 vectors and a LeNet-5 tile stays in the second-level cache.
    /// </summary>
    public const int Lanes = 32;
}
