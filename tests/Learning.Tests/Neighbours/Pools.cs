using System.Numerics;
using AdvFit.Learning.Data;
using AdvFit.Messages;

namespace AdvFit.Learning.Tests.Neighbours;

/// <summary>Pools of made-up images, and their neighbours by definition.</summary>
internal static class Pools
{
    /// <summary>A pool of images of so many pixels, given by their pixels one image after the other.</summary>
    public static PooledImages Create(int length, params byte[] pixels)
    {
        var shape = new ImageShape(1, 1, length);
        var images = new ImageSet(shape, pixels, new byte[pixels.Length / length]);
        var provenance = new DataProvenance("made up", images.Count, 0, "", []);
        return new PooledImages(new Dataset(provenance, [""], images, new ImageSet(shape, [], [])));
    }

    /// <summary>Images with pixels from <paramref name="darkest"/> on, of few grey levels, so that many are equally near.</summary>
    public static PooledImages Random(Random random, int length, int count, int darkest, int greyLevels)
    {
        var pixels = new byte[length * count];
        foreach (ref var pixel in pixels.AsSpan())
        {
            pixel = (byte)Math.Min(255, darkest + random.Next(greyLevels));
        }

        return Create(length, pixels);
    }

    public static float[] ToFloats(PooledImages images, IEnumerable<int> numbers) =>
        [.. numbers.SelectMany(number => images.Image(number).ToArray(), (_, pixel) => pixel / 255f)];

    /// <summary>Sorts all train images by their distance in rational numbers, then by their position.</summary>
    public static int[] Neighbours(PooledImages images, int[] train, ReadOnlySpan<float> query, int count)
    {
        var grid = new BigInteger[query.Length];
        for (var i = 0; i < grid.Length; i++)
        {
            grid[i] = NearestGridPoint(query[i]);
        }

        return [.. Enumerable.Range(0, train.Length).OrderBy(Distance).ThenBy(position => position).Take(count)];

        BigInteger Distance(int position)
        {
            var image = images.Image(train[position]);
            var sum = BigInteger.Zero;
            for (var i = 0; i < grid.Length; i++)
            {
                sum += BigInteger.Pow(grid[i] - 16384 * image[i], 2);
            }

            return sum;
        }
    }

    /// <summary>255 * 16384 * pixel, which is a fraction over 2^149, to the nearest integer, to the even one of two.</summary>
    public static BigInteger NearestGridPoint(float pixel)
    {
        var one = BigInteger.One << 149;
        var bits = BitConverter.SingleToInt32Bits(pixel);
        var exponent = bits >> 23;
        var mantissa = bits & 0x7F_FFFF;
        var value = exponent == 0 ? mantissa : new BigInteger(mantissa | 0x80_0000) << (exponent - 1);
        var floor = BigInteger.DivRem(255 * 16384 * value, one, out var rest);
        var half = (2 * rest).CompareTo(one);
        return half > 0 || (half == 0 && !floor.IsEven) ? floor + 1 : floor;
    }
}
