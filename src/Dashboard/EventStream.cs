using System.Text.Json;
using AdvFit.Api.Http;
using Microsoft.AspNetCore.Http;

namespace AdvFit.Dashboard;

/// <summary>
/// Sends server-sent events to one page (HTML standard, section 9.2): <c>place</c>, the name of the source, then those of
/// <see cref="DashboardUpdates"/>. A page that reconnects gets everything anew.
/// </summary>
/// <param name="source">The source of the sweeps.</param>
/// <param name="poller">Polls the source for all pages.</param>
/// <param name="clock">Times the polls.</param>
internal sealed class EventStream(DashboardSource source, SharedPoller poller, TimeProvider clock)
{
    /// <summary>The page is told of a poll that takes longer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Without a keep-alive, a dead connection would not be noticed.</summary>
    private static readonly TimeSpan KeepAliveInterval = TimeSpan.FromSeconds(10);

    /// <summary>Sends events until the page goes or the server stops.</summary>
    /// <param name="response">The response to write to.</param>
    /// <param name="sweep">The id of the page's sweep; null for the newest.</param>
    /// <param name="stop">Ends the stream.</param>
    public async Task SendAsync(HttpResponse response, string? sweep, CancellationToken stop)
    {
        response.ContentType = ServerSentEvents.MediaType;
        var updates = new DashboardUpdates();
        var written = clock.GetTimestamp();
        await WriteAsync(response, [("place", JsonSerializer.SerializeToUtf8Bytes(source.Place, LiveJsonContext.Default.String))], stop);
        while (true)
        {
            var snapshot = await PollAsync(response, sweep, updates, stop);
            // A page stays with the sweep that was the newest when it connected.
            sweep ??= snapshot.Sweep?.Id;
            if (await WriteAsync(response, updates.Of(snapshot), stop))
            {
                written = clock.GetTimestamp();
            }
            else if (clock.GetElapsedTime(written) >= KeepAliveInterval)
            {
                await ServerSentEvents.WriteKeepAliveAsync(response, stop);
                await response.Body.FlushAsync(stop);
                written = clock.GetTimestamp();
            }

            await Task.Delay(source.Interval, clock, stop);
        }
    }

    /// <summary>Polls, and tells the page if that takes long.</summary>
    private async Task<DashboardSnapshot> PollAsync(HttpResponse response, string? sweep, DashboardUpdates updates, CancellationToken stop)
    {
        var poll = poller.PollAsync(sweep);
        while (true)
        {
            try
            {
                return await poll.WaitAsync(Patience, clock, stop);
            }
            catch (TimeoutException)
            {
                await ServerSentEvents.WriteKeepAliveAsync(response, stop);
                await WriteAsync(response, updates.OfTrouble($"{source.Place} has not answered for a while."), stop);
                await response.Body.FlushAsync(stop);
            }
        }
    }

    private static async Task<bool> WriteAsync(
        HttpResponse response, IEnumerable<(string Event, byte[] Data)> updates, CancellationToken stop)
    {
        var isAny = false;
        foreach (var (name, data) in updates)
        {
            await ServerSentEvents.WriteAsync(response, null, name, data, stop);
            isAny = true;
        }

        if (isAny)
        {
            await response.Body.FlushAsync(stop);
        }

        return isAny;
    }
}
