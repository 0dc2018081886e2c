using System.Numerics;
using System.Runtime.InteropServices;

namespace AdvFit.Learning.Neighbours;

/// <summary>Squared Euclidean distance of two images of bytes; exact, for up to <see cref="PixelGrid.MostPixels"/>.</summary>
internal static class ByteDistance
{
    public static long Squared(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var lefts = MemoryMarshal.Cast<byte, Vector<byte>>(left);
        var rights = MemoryMarshal.Cast<byte, Vector<byte>>(right);
        var (lower, upper) = (Vector<uint>.Zero, Vector<uint>.Zero);
        for (var i = 0; i < lefts.Length; i++)
        {
            Vector.Widen(Vector.Max(lefts[i], rights[i]) - Vector.Min(lefts[i], rights[i]), out var first, out var second);
            // 255^2 just fits into 16 bits.
            Vector.Widen(first * first, out var a, out var b);
            Vector.Widen(second * second, out var c, out var d);
            lower += a + b;
            upper += c + d;
        }

        Vector.Widen(lower, out var sum0, out var sum1);
        Vector.Widen(upper, out var sum2, out var sum3);
        var sum = (long)Vector.Sum(sum0 + sum1 + sum2 + sum3);
        for (var i = lefts.Length * Vector<byte>.Count; i < left.Length; i++)
        {
            sum += (left[i] - right[i]) * (left[i] - right[i]);
        }

        return sum;
    }
}
