using System.Runtime.CompilerServices;

namespace AdvFit.Learning.Kernels;

/// <summary>Brings images into a tile.</summary>
internal static unsafe class Gather<TOps, TVector>
    where TOps : struct, ILaneOperations<TVector>
    where TVector : struct
{
    /// <summary>
    /// target[pixel][lane] = images[lane][pixel] / 255, rounded correctly, for 32 images of bytes.
    /// </summary>
    /// <remarks>
    /// Four pixels of an image are one 32-bit word: with the words of all lanes side by side, each pixel is a shift away.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Bytes(byte** images, int pixels, float* target)
    {
        var words = stackalloc int[Tile.Lanes];
        for (var pixel = 0; pixel < pixels; pixel += sizeof(int))
        {
            var count = Math.Min(sizeof(int), pixels - pixel);
            for (var lane = 0; lane < Tile.Lanes; lane++)
            {
                words[lane] = count == sizeof(int)
                    ? Unsafe.ReadUnaligned<int>(images[lane] + pixel)
                    : Partial(images[lane] + pixel, count);
            }

            for (var index = 0; index < count; index++, target += Tile.Lanes)
            {
                for (var lane = 0; lane < Tile.Lanes; lane += TOps.Width)
                {
                    TOps.Store(Unit(TOps.LoadByte(words + lane, index)), target + lane);
                }
            }
        }
    }

    /// <summary>value / 255 by one Newton correction: for 0..255 the correctly rounded quotient, without a division.</summary>
    private static TVector Unit(TVector value)
    {
        var reciprocal = TOps.Broadcast(1f / 255);
        var quotient = TOps.Multiply(value, reciprocal);
        var remainder = TOps.FusedMultiplyAdd(quotient, TOps.Broadcast(-255f), value);
        return TOps.FusedMultiplyAdd(remainder, reciprocal, quotient);
    }

    private static int Partial(byte* bytes, int count)
    {
        var word = 0;
        for (var index = 0; index < count; index++)
        {
            word |= bytes[index] << (8 * index);
        }

        return word;
    }
}
