using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace AdvFit.Sweeps.Journal;

/// <summary>
/// Chains the events of a sweep: each checksum is the SHA-256 of the one before and of the event's own content, so that a
/// changed, lost or moved event breaks the chain at its place.
/// </summary>
internal static class EventChecksum
{
    /// <summary>The checksum in lower-case hexadecimal.</summary>
    /// <param name="previous">Checksum of the sweep's event before; empty for the first.</param>
    /// <param name="sweep">The sweep's id.</param>
    /// <param name="number">The event's number in its sweep.</param>
    /// <param name="at">Its time, as it is written.</param>
    /// <param name="type">Its type name.</param>
    /// <param name="body">Its body.</param>
    public static string Of(string previous, string sweep, long number, string at, string type, string body)
    {
        // Only the body may hold a line feed, and it is last: no two contents have the same text.
        var content = $"{previous}\n{sweep}\n{number}\n{at}\n{type}\n{body}";
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(content.Length));
        try
        {
            var length = Encoding.UTF8.GetBytes(content, bytes);
            return Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan(0, length)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
