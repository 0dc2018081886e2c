using System.IO.Compression;
using System.Security.Cryptography;

namespace AdvFit.Learning.Data.Layouts;

/// <summary>A file of a data set in memory, decompressed if it was compressed with gzip.</summary>
/// <param name="Path">Where it lies; for error messages.</param>
/// <param name="Name">Its name in the published data set, without <c>.gz</c>.</param>
/// <param name="Contents">Its bytes, decompressed.</param>
internal sealed record DataFile(string Path, string Name, byte[] Contents)
{
    /// <summary>What to do about a file that is damaged.</summary>
    public const string Replace = "replace the file by an intact copy";

    private static ReadOnlySpan<byte> GzipMagic => [0x1F, 0x8B];

    /// <summary>SHA-256 of the contents, in lower-case hexadecimal.</summary>
    public string Sha256() => Convert.ToHexStringLower(SHA256.HashData(Contents));

    /// <summary>SHA-256 of a whole file as it lies on the disk, in lower-case hexadecimal.</summary>
    /// <exception cref="DatasetException">It cannot be read.</exception>
    public static string Sha256OnDisk(string path) => Reading(path, path =>
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    });

    /// <summary>What <paramref name="read"/> makes of a file.</summary>
    /// <exception cref="DatasetException">It is missing or unreadable.</exception>
    public static T Reading<T>(string path, Func<string, T> read)
    {
        try
        {
            return read(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"{path} cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Reads a whole file. Whether it is compressed is seen from its first bytes, not from its name.</summary>
    /// <exception cref="DatasetException">It is missing, unreadable, or its gzip data are corrupt or truncated.</exception>
    public static DataFile Read(string path)
    {
        var bytes = Reading(path, File.ReadAllBytes);
        var name = System.IO.Path.GetFileName(path);
        return bytes.AsSpan().StartsWith(GzipMagic)
            ? new DataFile(path, name.EndsWith(".gz", StringComparison.Ordinal) ? name[..^3] : name, Decompress(bytes, path))
            : new DataFile(path, name, bytes);
    }

    private static byte[] Decompress(byte[] bytes, string path)
    {
        using var contents = new MemoryStream();
        try
        {
            using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
            gzip.CopyTo(contents);
        }
        catch (InvalidDataException error)
        {
            throw DatasetException.At(
                path, contents.Length, "the gzip data are corrupt or truncated from here on", Replace, error);
        }

        // The last four bytes are the length (RFC 1952): the one check that a cut-off file cannot pass by chance alone.
        if (bytes.Length < 18 || BitConverter.ToUInt32(bytes.AsSpan(^4..)) != (uint)contents.Length)
        {
            throw DatasetException.At(
                path, contents.Length, "the gzip data are truncated or followed by other bytes", Replace);
        }

        return contents.ToArray();
    }
}
