using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace AdvFit.Api.Http;

/// <summary>Writes server-sent events (HTML standard, section 9.2).</summary>
public static class ServerSentEvents
{
    /// <summary>The media type.</summary>
    public const string MediaType = "text/event-stream";

    private static readonly byte[] KeepAlive = ":\n\n"u8.ToArray();

    /// <summary>Writes an event; it goes out with the next flush.</summary>
    /// <param name="response">The response to write to.</param>
    /// <param name="id">The event's id, which a reconnecting client sends back; null for none.</param>
    /// <param name="name">Its name, in ASCII.</param>
    /// <param name="data">A line of UTF-8.</param>
    /// <param name="stop">Cancels the write.</param>
    public static async Task WriteAsync(
        HttpResponse response, long? id, string name, ReadOnlyMemory<byte> data, CancellationToken stop)
    {
        var message = new ArrayBufferWriter<byte>(data.Length + 64);
        if (id is { } number)
        {
            message.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {number}\n")));
        }

        message.Write(Encoding.ASCII.GetBytes($"event: {name}\ndata: "));
        message.Write(data.Span);
        message.Write("\n\n"u8);
        await response.Body.WriteAsync(message.WrittenMemory, stop);
    }

    /// <summary>Writes a comment, so that a dead connection is noticed.</summary>
    public static ValueTask WriteKeepAliveAsync(HttpResponse response, CancellationToken stop) =>
        response.Body.WriteAsync(KeepAlive, stop);
}
