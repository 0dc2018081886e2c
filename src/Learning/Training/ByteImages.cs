using AdvFit.Learning.Data;
using AdvFit.Learning.Kernels;
using AdvFit.Learning.Networks;

namespace AdvFit.Learning.Training;

/// <summary>The images of a data set, train then test, as pixels / 255.</summary>
public sealed unsafe class ByteImages(Dataset data) : IImageSource
{
    private readonly PooledImages _pool = new(data);

    /// <summary>Number of images.</summary>
    public int Count => _pool.Count;

    /// <summary>Class of an image.</summary>
    public byte Label(int image) => _pool.Label(image);

    /// <summary>Pixels of an image, [channel][row][column], as floats in [0, 1].</summary>
    public void CopyTo(int image, Span<float> pixels)
    {
        var bytes = _pool.Image(image);
        for (var pixel = 0; pixel < bytes.Length; pixel++)
        {
            pixels[pixel] = bytes[pixel] / 255f;
        }
    }

    public void Fill(NetworkTile tile, ReadOnlySpan<int> images, Span<byte> labels)
    {
        var sources = stackalloc byte*[Tile.Lanes];
        var length = data.Shape.Length;
        fixed (byte* train = data.Train.Pixels, test = data.Test.Pixels)
        {
            for (var lane = 0; lane < Tile.Lanes; lane++)
            {
                var image = images[lane < images.Length ? lane : 0];
                sources[lane] = image < data.Train.Count
                    ? train + (long)image * length
                    : test + (long)(image - data.Train.Count) * length;
                if (lane < images.Length)
                {
                    labels[lane] = Label(image);
                }
            }

            tile.Fill(sources);
        }
    }
}
