namespace AdvFit.Learning.Neighbours;

/// <summary>
/// Where distances are measured: pixels in grey levels 0..255, on a grid of 1/16384 of a level. Bytes lie on it, a float
/// pixel p goes to the point nearest to 255 p (the even one of two). Squared distances between images on the grid are
/// integers of 64 bits, so they have no rounding at all.
/// </summary>
/// <remarks>
/// The grid is fine enough to tell most floats apart, and coarse enough for the float nearest to b / 255 to come back to b:
/// 255 times that float is off by less than 255 * 2^-24 &lt; 2^-16 levels. So an unmodified image has the same neighbours as
/// floats as it has as bytes.
/// </remarks>
internal static class PixelGrid
{
    /// <summary>Points of the grid per grey level.</summary>
    public const int PerLevel = 1 << 14;

    /// <summary>The brightest pixel.</summary>
    public const int White = byte.MaxValue * PerLevel;

    /// <summary>Most pixels of an image whose squared distances fit into 64 bits: below 2^63 / White^2.</summary>
    public const int MostPixels = 528_000;

    /// <summary>The grid point of a byte.</summary>
    public static int FromByte(byte pixel) => pixel * PerLevel;

    /// <summary>The grid point of a float pixel, in [0, 1].</summary>
    /// <remarks>The product has 46 bits at most, so a double has it exactly, and rounding happens once.</remarks>
    public static int FromUnit(float pixel) => (int)Math.Round(pixel * (double)White);

    /// <summary>Squared distance between an image on the grid and one of bytes, in units of the grid squared; exact.</summary>
    public static long SquaredDistance(ReadOnlySpan<int> query, ReadOnlySpan<byte> image)
    {
        var sum = 0L;
        for (var i = 0; i < image.Length; i++)
        {
            long difference = query[i] - FromByte(image[i]);
            sum += difference * difference;
        }

        return sum;
    }
}
