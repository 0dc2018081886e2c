using System.IO.Compression;
using AdvFit.Learning.Formats;

namespace AdvFit.Learning.Tests.Formats;

public class PngTests
{
    [Fact]
    public void Every_chunk_is_as_the_standard_says()
    {
        // Two rows of three RGB pixels; the header's checksum is what zlib.crc32 of Python gives.
        byte[] planes = [.. Enumerable.Range(0, 18).Select(value => (byte)value)];

        var file = Png.Write(planes, new ImageShape(3, 2, 3));

        file[..8].ShouldBe([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        Convert.ToHexStringLower(file[8..33]).ShouldBe("0000000d4948445200000003000000020802000000" + HeaderChecksum);
        Convert.ToHexStringLower(file[^12..]).ShouldBe("0000000049454e44ae426082");
        Inflate(file).ShouldBe([0, 0, 6, 12, 1, 7, 13, 2, 8, 14, 0, 3, 9, 15, 4, 10, 16, 5, 11, 17]);
    }

    [Fact]
    public void Other_numbers_of_channels_or_pixels_are_refused()
    {
        Should.Throw<ArgumentException>(() => Png.Write(new byte[8], new ImageShape(2, 2, 2)));
        Should.Throw<ArgumentException>(() => Png.Write(new byte[3], new ImageShape(1, 2, 2)));
    }

    private const string HeaderChecksum = "1216f14d";

    /// <summary>Of the one data chunk.</summary>
    private static byte[] Inflate(byte[] file)
    {
        using var data = new ZLibStream(
            new MemoryStream(file[41..^16]), CompressionMode.Decompress);
        using var rows = new MemoryStream();
        data.CopyTo(rows);
        return rows.ToArray();
    }
}
