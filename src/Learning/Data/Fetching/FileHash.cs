using System.Security.Cryptography;

namespace AdvFit.Learning.Data.Fetching;

/// <summary>Hashes of files as they lie on the disk.</summary>
internal static class FileHash
{
    /// <summary>SHA-256 of a whole file, in lower-case hexadecimal.</summary>
    /// <exception cref="DatasetException">It cannot be read.</exception>
    public static string Sha256(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(file));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"{path} cannot be read: {error.Message}", error);
        }
    }
}
