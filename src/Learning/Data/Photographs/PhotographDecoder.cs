using System.Globalization;
using SkiaSharp;

namespace AdvFit.Learning.Data.Photographs;

/// <summary>
/// Decodes JPEG and PNG with Skia, whose libjpeg-turbo computes in integers: the same pixels on every machine, and those that Pillow
/// gives. As there, orientation by EXIF and colour profiles are ignored, and transparency is dropped.
/// </summary>
internal static class PhotographDecoder
{
    /// <summary>The most pixels that are decoded, as many as Pillow takes without a warning.</summary>
    internal const long MostPixels = 89_478_485;

    /// <summary>The longest file that is read.</summary>
    private const long MostBytes = 1L << 28;

    /// <summary>The version of the decoder, which is part of what decoded images are named by.</summary>
    public static string Version { get; } = $"skia {typeof(SKCodec).Assembly.GetName().Version}";

    private static ReadOnlySpan<byte> JpegSignature => [0xFF, 0xD8, 0xFF];

    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>
    /// The photograph of a file, or what is wrong with it: the end of a sentence that begins with its name. How large it is going to be
    /// is seen before anything is decoded; no other format ever reaches its decoder.
    /// </summary>
    /// <exception cref="DatasetException">The file cannot be read at all.</exception>
    public static (Photograph? Photograph, string Problem) Decode(string path)
    {
        if (Directory.Exists(path))
        {
            return (null, "is a folder, where only the photographs of one class may be");
        }

        var file = Layouts.DataFile.Reading(path, path => new FileInfo(path).Length > MostBytes ? null : File.ReadAllBytes(path));
        return file switch
        {
            null => (null, $"has more than {MostBytes >> 20} MB"),
            [] => (null, "is empty"),
            _ when !file.AsSpan().StartsWith(JpegSignature) && !file.AsSpan().StartsWith(PngSignature) =>
                (null, "is neither a JPEG nor a PNG file"),
            _ => Decode(file),
        };
    }

    private static unsafe (Photograph? Photograph, string Problem) Decode(byte[] file)
    {
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data);
        if (codec is null)
        {
            return (null, "has a header that is damaged or cut off");
        }

        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if ((long)width * height > MostPixels)
        {
            return (null, string.Create(
                CultureInfo.InvariantCulture,
                $"says that it has {width:N0} x {height:N0} pixels, more than the {MostPixels:N0} that are allowed"));
        }

        // Without a colour space, the values are taken as they are.
        var info = new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        var pixels = new byte[checked(width * height * Photograph.Stride)];
        fixed (byte* start = pixels)
        {
            return codec.GetPixels(info, (IntPtr)start) switch
            {
                SKCodecResult.Success => (new Photograph(width, height, pixels), ""),
                SKCodecResult.IncompleteInput => (null, "is truncated"),
                _ => (null, "is damaged"),
            };
        }
    }
}
