using AdvFit.Learning.Networks;

namespace AdvFit.Learning.Training;

/// <summary>Images of floats, such as adversarial examples.</summary>
/// <param name="pixels">Pixels in [0, 1], [image][channel][row][column].</param>
/// <param name="classes">Class of each image.</param>
/// <param name="length">Pixels per image.</param>
public sealed class FloatImages(ReadOnlyMemory<float> pixels, ReadOnlyMemory<byte> classes, int length) : IImageSource
{
    /// <summary>Number of images.</summary>
    public int Count => classes.Length;

    public void Fill(NetworkTile tile, ReadOnlySpan<int> images, Span<byte> labels)
    {
        var target = tile.Pixels;
        for (var lane = 0; lane < tile.Lanes; lane++)
        {
            var number = images[lane < images.Length ? lane : 0];
            var image = pixels.Span.Slice(number * length, length);
            for (var pixel = 0; pixel < image.Length; pixel++)
            {
                target[pixel * tile.Lanes + lane] = image[pixel];
            }

            if (lane < images.Length)
            {
                labels[lane] = classes.Span[number];
            }
        }
    }
}
