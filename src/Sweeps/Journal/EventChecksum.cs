using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace AdvFit.Sweeps.Journal;

/// <summary>
/// Chains the events of a sweep: each checksum is the SHA-256 of the one before and of the event's own content, so that a
/// changed, lost or moved event breaks the chain at its place.
/// </summary>
internal static class EventChecksum
{
    private const int LongestNumber = 20, LineFeeds = 5;

    /// <summary>The checksum in lower-case hexadecimal.</summary>
    /// <inheritdoc cref="Of(string, string, long, string, string, ReadOnlySpan{byte})"/>
    public static string Of(string previous, string sweep, long number, string at, string type, string body) =>
        Of(previous, sweep, number, at, type, Encoding.UTF8.GetBytes(body));

    /// <summary>The checksum in lower-case hexadecimal.</summary>
    /// <param name="previous">Checksum of the sweep's event before; empty for the first.</param>
    /// <param name="sweep">The sweep's id.</param>
    /// <param name="number">The event's number in its sweep.</param>
    /// <param name="at">Its time, as it is written.</param>
    /// <param name="type">Its type name.</param>
    /// <param name="body">Its body in UTF-8.</param>
    public static string Of(string previous, string sweep, long number, string at, string type, ReadOnlySpan<byte> body)
    {
        // Only the body may hold a line feed, and it is last: no two contents have the same text.
        var most = Encoding.UTF8.GetMaxByteCount(previous.Length + sweep.Length + at.Length + type.Length)
            + LongestNumber + LineFeeds + body.Length;
        var bytes = ArrayPool<byte>.Shared.Rent(most);
        try
        {
            var length = Line(bytes, 0, previous);
            length = Line(bytes, length, sweep);
            Utf8Formatter.TryFormat(number, bytes.AsSpan(length), out var digits);
            bytes[length + digits] = (byte)'\n';
            length = Line(bytes, length + digits + 1, at);
            length = Line(bytes, length, type);
            body.CopyTo(bytes.AsSpan(length));
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(bytes.AsSpan(0, length + body.Length), hash);
            return Convert.ToHexStringLower(hash);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static int Line(byte[] bytes, int start, string text)
    {
        var end = start + Encoding.UTF8.GetBytes(text, bytes.AsSpan(start));
        bytes[end] = (byte)'\n';
        return end + 1;
    }
}
