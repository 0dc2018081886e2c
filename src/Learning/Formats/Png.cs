using System.Buffers.Binary;
using System.IO.Compression;

namespace AdvFit.Learning.Formats;

/// <summary>Writes images as PNG (ISO/IEC 15948): grey or RGB, 8 bits.</summary>
public static class Png
{
    private const byte Grey = 0;
    private const byte Rgb = 2;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

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

        using var file = new MemoryStream();
        file.Write(Signature);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, shape.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], shape.Height);
        header[8] = 8;
        header[9] = shape.Channels == 1 ? Grey : Rgb;
        header[10..].Clear();
        WriteChunk(file, "IHDR"u8, header);
        WriteChunk(file, "IDAT"u8, Compress(pixels, shape));
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    /// <summary>Rows of interleaved channels, each after a byte that says that it is not filtered.</summary>
    private static byte[] Compress(ReadOnlySpan<byte> pixels, ImageShape shape)
    {
        var plane = shape.Width * shape.Height;
        var row = new byte[1 + shape.Width * shape.Channels];
        using var compressed = new MemoryStream();
        using (var deflate = new ZLibStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (var y = 0; y < shape.Height; y++)
            {
                for (var i = 0; i < shape.Width * shape.Channels; i++)
                {
                    var (x, channel) = (i / shape.Channels, i % shape.Channels);
                    row[1 + i] = pixels[channel * plane + y * shape.Width + x];
                }

                deflate.Write(row);
            }
        }

        return compressed.ToArray();
    }

    /// <summary>Length, type and data, and a checksum of the latter two.</summary>
    private static void WriteChunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        byte[] contents = [.. type, .. data];
        file.Write(contents);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Of(contents));
        file.Write(number);
    }
}
