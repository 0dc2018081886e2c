using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using AdvFit.Api.Formats;
using AdvFit.Api.Http;
using AdvFit.Sweeps.Journal;

namespace AdvFit.Api.Client;

/// <summary>The events of a sweep as lines of JSON, a body that is serialized while it is sent.</summary>
internal sealed class EventsContent : HttpContent
{
    private const int BytesPerWrite = 1 << 16;

    private readonly IReadOnlyList<TimedEvent> _events;

    public EventsContent(IReadOnlyList<TimedEvent> events)
    {
        _events = events;
        Headers.ContentType = new MediaTypeHeaderValue(MediaTypes.JsonLines);
    }

    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var lines = new ArrayBufferWriter<byte>();
        for (var i = 0; i < _events.Count; i++)
        {
            EventLine.Write(lines, new JournalEntry(i + 1, i + 1, _events[i].At, _events[i].Event));
            lines.Write("\n"u8);
            if (lines.WrittenCount > BytesPerWrite || i == _events.Count - 1)
            {
                stream.Write(lines.WrittenSpan);
                lines.ResetWrittenCount();
            }
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        SerializeToStream(stream, context, CancellationToken.None);
        return Task.CompletedTask;
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
