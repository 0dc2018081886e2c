using System.Text.Json;
using AdvFit.Api.Http;
using Microsoft.AspNetCore.Http;

namespace AdvFit.Dashboard;

/// <summary>
/// Tells one page what happens, as server-sent events (HTML standard, section 9.2): <c>place</c>, where the sweeps are, and what
/// <see cref="DashboardUpdates"/> has. A page that reconnects is told everything anew.
/// </summary>
/// <param name="source">Where the sweeps are.</param>
/// <param name="view">What all pages see.</param>
/// <param name="clock">Tells when to look again.</param>
internal sealed class EventStream(DashboardSource source, SharedPoller view, TimeProvider clock)
{
    /// <summary>A look that takes longer is told of.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Without a sign of life, a dead connection would not be noticed.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    /// <summary>Sends events until the page goes or the server stops.</summary>
    /// <param name="response">Where to.</param>
    /// <param name="sweep">The id of the sweep that the page looks at; null for the newest.</param>
    /// <param name="stop">Ends the stream.</param>
    public async Task SendAsync(HttpResponse response, string? sweep, CancellationToken stop)
    {
        response.ContentType = ServerSentEvents.MediaType;
        var news = new DashboardUpdates();
        var written = clock.GetTimestamp();
        await WriteAsync(response, [("place", JsonSerializer.SerializeToUtf8Bytes(source.Place, LiveJsonContext.Default.String))], stop);
        while (true)
        {
            var sight = await LookAsync(response, sweep, news, stop);
            // A page keeps looking at the sweep that was the newest when it came.
            sweep ??= sight.Sweep?.Id;
            if (await WriteAsync(response, news.Of(sight), stop))
            {
                written = clock.GetTimestamp();
            }
            else if (clock.GetElapsedTime(written) >= Silence)
            {
                await ServerSentEvents.WriteSignOfLifeAsync(response, stop);
                await response.Body.FlushAsync(stop);
                written = clock.GetTimestamp();
            }

            await Task.Delay(source.Interval, clock, stop);
        }
    }

    /// <summary>Looks, and tells the page should that take long.</summary>
    private async Task<DashboardSnapshot> LookAsync(HttpResponse response, string? sweep, DashboardUpdates news, CancellationToken stop)
    {
        var look = view.LookAsync(sweep);
        while (true)
        {
            try
            {
                return await look.WaitAsync(Patience, clock, stop);
            }
            catch (TimeoutException)
            {
                await ServerSentEvents.WriteSignOfLifeAsync(response, stop);
                await WriteAsync(response, news.OfTrouble($"{source.Place} has not answered for a while."), stop);
                await response.Body.FlushAsync(stop);
            }
        }
    }

    private static async Task<bool> WriteAsync(
        HttpResponse response, IEnumerable<(string Event, byte[] Data)> news, CancellationToken stop)
    {
        var isAny = false;
        foreach (var (name, data) in news)
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
