using AdvFit.Learning;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.PixelFormats;

namespace AdvFit.Reporting;

/// <summary>Writes images as PNG (ISO/IEC 15948): grey or RGB, 8 bits, the same bytes on every machine.</summary>
internal static class Png
{
    /// <summary>A whole file.</summary>
    /// <param name="pixels">Pixels 0..255, [channel][row][column].</param>
    /// <param name="shape">Shape of the image; 1 or 3 channels.</param>
    /// <exception cref="ArgumentException">The shape has another number of channels, or not as many pixels.</exception>
    public static byte[] Write(ReadOnlySpan<byte> pixels, ImageShape shape)
    {
        if (shape.Channels is not (1 or 3) || pixels.Length != shape.Length)
        {
            throw new ArgumentException(
                $"A PNG file needs 1 or 3 channels and every pixel; these are {pixels.Length} pixels of {shape}.", nameof(pixels));
        }

        using Image image = shape.Channels == 1
            ? Image.LoadPixelData<L8>(pixels, shape.Width, shape.Height)
            : Image.LoadPixelData<Rgb24>(Interleave(pixels, pixels.Length / 3), shape.Width, shape.Height);
        using var file = new MemoryStream();
        image.SaveAsPng(file, new PngEncoder
        {
            ColorType = shape.Channels == 1 ? PngColorType.Grayscale : PngColorType.Rgb,
            BitDepth = PngBitDepth.Bit8,
            // Filters help photographs, and cost images as small and noisy as these.
            FilterMethod = PngFilterMethod.None,
            CompressionLevel = PngCompressionLevel.BestCompression,
            IgnoreMetadata = true,
        });
        return file.ToArray();
    }

    private static Rgb24[] Interleave(ReadOnlySpan<byte> planes, int plane)
    {
        var pixels = new Rgb24[plane];
        for (var i = 0; i < plane; i++)
        {
            pixels[i] = new Rgb24(planes[i], planes[plane + i], planes[2 * plane + i]);
        }

        return pixels;
    }
}
