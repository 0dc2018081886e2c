using System.Buffers;
using AdvFit.Api.Formats;
using AdvFit.Messages;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Spec;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AdvFit.Api.Http;

/// <summary>Sends the events of a sweep: as lines of JSON, or as server-sent events that go on as new ones come.</summary>
/// <param name="service">The source of the events.</param>
/// <param name="clock">Times the keep-alives.</param>
internal sealed class EventStreamHandler(ISweepService service, TimeProvider clock)
{
    private const int BytesPerFlush = 1 << 16;
    private static readonly TimeSpan KeepAliveInterval = TimeSpan.FromSeconds(15);

    /// <summary>Answers a request for events.</summary>
    public async Task SendAsync(HttpContext context)
    {
        var request = context.Request;
        request.Query.Allow("after", "brief", "shuffle", "fact");
        var query = Query(request);
        var snapshot = await service.FindAsync(context);
        if (!request.Headers.Accept.ToString().Contains(ServerSentEvents.MediaType, StringComparison.OrdinalIgnoreCase))
        {
            await SendLinesAsync(context, snapshot.Trouble is null ? query : query with { SoundUpTo = snapshot.Number });
        }
        else if (query is { Brief: false, Shuffle: null, Fact: null })
        {
            snapshot.RequireSound();
            await FollowAsync(context, LastEventId(request) ?? query.After);
        }
        else
        {
            throw Requests.Bad("Events are followed all of them and in full; leave out brief, shuffle and fact.");
        }
    }

    private static EventQuery Query(HttpRequest request)
    {
        var query = request.Query;
        var fact = query.TryGetValue("fact", out var name)
            ? EventFormat.FactOf(name.ToString()) ?? throw Requests.Bad($"There are no facts `{name}`.")
            : null;
        var asked = new EventQuery(
            query.Number("after", 0, long.MaxValue) ?? 0, query.Flag("brief"),
            (int?)query.Number("shuffle", 1, SweepSpec.MaximumShuffles), fact);
        return asked is { Brief: true } and not { Shuffle: null, Fact: null }
            ? throw Requests.Bad("Ask for facts in brief, or for those of one shuffle or type, not for both.")
            : asked;
    }

    /// <summary>Number of the last event that a reconnecting client has received; null for other clients.</summary>
    private static long? LastEventId(HttpRequest request) =>
        request.Headers.TryGetValue("Last-Event-ID", out var values)
            ? Requests.Number("Last-Event-ID", values.ToString(), 0, long.MaxValue)
            : null;

    private async Task SendLinesAsync(HttpContext context, EventQuery query)
    {
        context.Response.ContentType = MediaTypes.JsonLines;
        var (writer, stop) = (context.Response.BodyWriter, context.RequestAborted);
        await foreach (var entry in service.Read(context.Sweep(), query, stop))
        {
            EventLine.Write(writer, entry);
            writer.Write("\n"u8);
            if (writer.UnflushedBytes > BytesPerFlush)
            {
                await writer.FlushAsync(stop);
            }
        }

        await writer.FlushAsync(stop);
    }

    private async Task FollowAsync(HttpContext context, long after)
    {
        var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        context.Response.ContentType = ServerSentEvents.MediaType;
        await using var events = service.Follow(context.Sweep(), after, stop.Token).GetAsyncEnumerator(stop.Token);
        var line = new ArrayBufferWriter<byte>();
        try
        {
            // So that the client knows at once that it is connected.
            await ServerSentEvents.WriteKeepAliveAsync(context.Response, stop.Token);
            while (await NextAsync(events, context.Response, stop.Token))
            {
                line.ResetWrittenCount();
                EventLine.Write(line, events.Current);
                await ServerSentEvents.WriteAsync(
                    context.Response, events.Current.Number, EventFormat.TypeOf(events.Current.Event), line.WrittenMemory, stop.Token);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The client is gone, or the server is about to be.
        }
    }

    /// <summary>Waits for the next event, and sends keep-alives meanwhile.</summary>
    private async Task<bool> NextAsync(IAsyncEnumerator<JournalEntry> events, HttpResponse response, CancellationToken stop)
    {
        var next = events.MoveNextAsync();
        if (next.IsCompleted)
        {
            return await next;
        }

        await response.Body.FlushAsync(stop);
        var waiting = next.AsTask();
        while (true)
        {
            try
            {
                return await waiting.WaitAsync(KeepAliveInterval, clock, CancellationToken.None);
            }
            catch (TimeoutException)
            {
                await ServerSentEvents.WriteKeepAliveAsync(response, stop);
                await response.Body.FlushAsync(stop);
            }
        }
    }
}
