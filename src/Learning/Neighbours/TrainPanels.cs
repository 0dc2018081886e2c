using System.Runtime.InteropServices;
using AdvFit.Learning.Data;
using AdvFit.Learning.Kernels;

namespace AdvFit.Learning.Neighbours;

/// <summary>The train images in the order in which <see cref="ByteMatrixProduct"/> reads them: panels of 32 images.</summary>
internal sealed unsafe class TrainPanels
{
    private readonly AlignedBuffer[] _pixels;
    private readonly AlignedBuffer _norms;

    public TrainPanels(PooledImages images, ReadOnlySpan<int> train)
    {
        Quads = QuadsOf(images.Shape.Length);
        _pixels = new AlignedBuffer[(train.Length + Tile.Lanes - 1) / Tile.Lanes];
        _norms = new AlignedBuffer(_pixels.Length * Tile.Lanes);
        // The lanes that the last panel has too many are never near.
        _norms.Span.Fill(float.PositiveInfinity);
        var black = new byte[images.Shape.Length];
        var padded = new byte[Quads * sizeof(int)];
        for (var position = 0; position < train.Length; position++)
        {
            var (panel, lane) = (position / Tile.Lanes, position % Tile.Lanes);
            if (lane == 0)
            {
                _pixels[panel] = new AlignedBuffer(Quads * Tile.Lanes);
            }

            var image = images.Image(train[position]);
            var norm = ByteDistance.Squared(image, black);
            LargestNorm = Math.Max(LargestNorm, norm);
            _norms.Span[position] = norm;
            image.CopyTo(padded);
            Fill(MemoryMarshal.Cast<byte, uint>(padded), Pixels(panel) + lane);
        }
    }

    /// <summary>Number of panels.</summary>
    public int Count => _pixels.Length;

    /// <summary>Four pixels make a quad; an even number of them an image, the last ones padded.</summary>
    public int Quads { get; }

    /// <summary>Largest squared norm, in grey levels squared.</summary>
    public long LargestNorm { get; private init; }

    /// <summary>Quads of an image of so many pixels.</summary>
    public static int QuadsOf(int pixels) => (pixels + 7) / 8 * 2;

    /// <summary>[quad][32 images]: four pixels less 128, as signed bytes.</summary>
    public int* Pixels(int panel) => (int*)_pixels[panel].Pointer;

    /// <summary>Squared norms of the 32 images, in grey levels squared, as the nearest floats; infinite where there is none.</summary>
    public float* Norms(int panel) => _norms.Pointer + panel * Tile.Lanes;

    private static void Fill(ReadOnlySpan<uint> quads, int* target)
    {
        foreach (var quad in quads)
        {
            *target = (int)(quad ^ 0x80808080);
            target += Tile.Lanes;
        }
    }
}
