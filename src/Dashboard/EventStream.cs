using System.Text.Json;
using AdvFit.Api.Http;
using AdvFit.Sweeps.Store;
using Microsoft.AspNetCore.Http;

namespace AdvFit.Dashboard;

/// <summary>
/// Tells one page what happens, as server-sent events (HTML standard, section 9.2): <c>sweeps</c>, the list, and
/// <c>sweep</c>, what changed of the one it looks at. A page that reconnects is told everything anew.
/// </summary>
/// <param name="folder">The store's folder.</param>
/// <param name="clock">Tells when to look again.</param>
internal sealed class EventStream(string folder, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>Looks between two signs of life, without which a dead connection would not be noticed.</summary>
    private const int LooksPerHeartbeat = 20;

    /// <summary>Sends events until the page goes or the server stops.</summary>
    /// <param name="response">Where to.</param>
    /// <param name="sweep">The id of the sweep that the page looks at; null for the newest.</param>
    /// <param name="stop">Ends the stream.</param>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public async Task SendAsync(HttpResponse response, string? sweep, CancellationToken stop)
    {
        response.ContentType = ServerSentEvents.MediaType;
        using var view = new StoreView(folder);
        LiveSummary[] list = [];
        for (var look = 0; ; look++)
        {
            var now = view.Sweeps();
            if (look == 0 || !now.SequenceEqual(list))
            {
                list = now;
                await ServerSentEvents.WriteAsync(response, null, "sweeps", JsonSerializer.SerializeToUtf8Bytes(
                    [.. list], LiveJsonContext.Default.ImmutableArrayLiveSummary), stop);
            }

            if (view.News(sweep ?? list.FirstOrDefault()?.Id) is { } news)
            {
                // A page keeps looking at the sweep that was the newest when it came.
                sweep = news.Id;
                await ServerSentEvents.WriteAsync(response, null, "sweep", JsonSerializer.SerializeToUtf8Bytes(news, LiveJsonContext.Default.LiveSweep), stop);
            }
            else if (look % LooksPerHeartbeat == 0)
            {
                await ServerSentEvents.WriteSignOfLifeAsync(response, stop);
            }

            await response.Body.FlushAsync(stop);
            await Task.Delay(Interval, clock, stop);
        }
    }
}
