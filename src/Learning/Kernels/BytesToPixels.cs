using System.Runtime.CompilerServices;

namespace AdvFit.Learning.Kernels;

/// <summary>
/// Brings images of bytes into a tile: target[pixel][lane] = images[lane][pixel] / 255, rounded correctly, for 32 images.
/// </summary>
/// <remarks>
/// Four pixels of an image are one 32-bit word: with the words of all lanes side by side, each pixel is a shift away.
/// </remarks>
internal readonly unsafe struct BytesToPixels(byte** images, int pixels, float* target) : IVectorized
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TOps, TVector>()
        where TOps : struct, ILaneOperations<TVector>
        where TVector : struct
    {
        byte** sources = images;
        float* row = target;
        var length = pixels;
        var words = stackalloc int[Tile.Lanes];
        for (var pixel = 0; pixel < length; pixel += sizeof(int))
        {
            var count = Math.Min(sizeof(int), length - pixel);
            for (var lane = 0; lane < Tile.Lanes; lane++)
            {
                var source = sources[lane] + pixel;
                words[lane] = count == sizeof(int) ? Unsafe.ReadUnaligned<int>(source) : Partial(source, count);
            }

            for (var index = 0; index < count; index++, row += Tile.Lanes)
            {
                for (var lane = 0; lane < Tile.Lanes; lane += TOps.Width)
                {
                    TOps.Store(Unit<TOps, TVector>(TOps.LoadByte(words + lane, index)), row + lane);
                }
            }
        }
    }

    /// <summary>value / 255 by one Newton correction: for 0..255 the correctly rounded quotient, without a division.</summary>
    private static TVector Unit<TOps, TVector>(TVector value)
        where TOps : struct, ILaneOperations<TVector>
        where TVector : struct
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
