using System.IO.Compression;
using AdvFit.Learning;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace AdvFit.Reporting.Tests;

public class Png_files
{
    /// <summary>Two rows of three RGB pixels.</summary>
    private static readonly byte[] Planes = [.. Enumerable.Range(0, 18).Select(value => (byte)value)];

    [Fact]
    public void Every_chunk_is_as_the_standard_says()
    {
        // The header's checksum is what zlib.crc32 of Python gives.
        var file = Png.Write(Planes, new ImageShape(3, 2, 3));

        file[..8].ShouldBe([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        Convert.ToHexStringLower(file[8..33]).ShouldBe("0000000d4948445200000003000000020802000000" + "1216f14d");
        Convert.ToHexStringLower(file[^12..]).ShouldBe("0000000049454e44ae426082");
        Inflate(file).ShouldBe([0, 0, 6, 12, 1, 7, 13, 2, 8, 14, 0, 3, 9, 15, 4, 10, 16, 5, 11, 17]);
    }

    [Fact]
    public void A_decoder_gets_the_pixels_of_each_channel_back()
    {
        using var image = Image.Load<Rgb24>(Png.Write(Planes, new ImageShape(3, 2, 3)));

        (image.Width, image.Height).ShouldBe((3, 2));
        image[2, 0].ShouldBe(new Rgb24(2, 8, 14));
        image[0, 1].ShouldBe(new Rgb24(3, 9, 15));
    }

    [Fact]
    public void A_decoder_gets_every_grey_level_back()
    {
        byte[] levels = [.. Enumerable.Range(0, 256).Select(level => (byte)level)];

        using var image = Image.Load<L8>(Png.Write(levels, new ImageShape(1, 16, 16)));

        var decoded = new byte[256];
        image.CopyPixelDataTo(decoded);
        decoded.ShouldBe(levels);
    }

    [Fact]
    public void Other_numbers_of_channels_or_pixels_are_refused()
    {
        Should.Throw<ArgumentException>(() => Png.Write(new byte[8], new ImageShape(2, 2, 2)));
        Should.Throw<ArgumentException>(() => Png.Write(new byte[3], new ImageShape(1, 2, 2)));
    }

    /// <summary>Of the one data chunk.</summary>
    private static byte[] Inflate(byte[] file)
    {
        using var data = new ZLibStream(new MemoryStream(file[41..^16]), CompressionMode.Decompress);
        using var rows = new MemoryStream();
        data.CopyTo(rows);
        return rows.ToArray();
    }
}
