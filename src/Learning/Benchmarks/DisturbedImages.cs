using AdvFit.Learning.Data;

namespace AdvFit.Learning.Benchmarks;

/// <summary>Stand-ins for adversarial examples: real images with a change of up to 25/512 in every pixel.</summary>
public static class DisturbedImages
{
    /// <summary>Pixels in [0, 1], [image][pixel]. Pixel i of them all changes by (7919 i mod 51 - 25) / 512.</summary>
    public static float[] Of(PooledImages images, ReadOnlySpan<int> numbers)
    {
        var length = images.Shape.Length;
        var pixels = new float[numbers.Length * length];
        for (var i = 0; i < pixels.Length; i++)
        {
            var change = (i * 7919L % 51 - 25) / 512f;
            pixels[i] = Math.Clamp(images.Image(numbers[i / length])[i % length] / 255f + change, 0, 1);
        }

        return pixels;
    }
}
