using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace AdvFit.Cluster.Tests;

/// <summary>An event as the cluster tells it.</summary>
internal sealed record ToldEvent(string Type, int? Shuffle, int? Attempt);

/// <summary>Asks a cluster over HTTP: the first of its coordinators that answers.</summary>
internal sealed class ClusterApi(ImmutableArray<Uri> coordinators) : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(20) };

    public Uri First => coordinators[0];

    /// <summary>Of all coordinators, as <c>advfit --server</c> takes them.</summary>
    public string Addresses => string.Join(',', coordinators);

    /// <summary>The same, of one of the coordinators alone.</summary>
    public ClusterApi Of(int coordinator) => new([coordinators[coordinator]]);

    public async Task<bool> IsReady()
    {
        using var answer = await Try(HttpMethod.Get, new Uri(First, "/healthz/ready"), null, null);
        return answer is { StatusCode: HttpStatusCode.OK };
    }

    /// <summary>Waits until the first answers whether it is alive.</summary>
    public Task UntilLive() => Patience.Until("the process answers", async () =>
    {
        using var answer = await Try(HttpMethod.Get, new Uri(First, "/healthz/live"), null, null);
        return answer is not null;
    });

    /// <summary>Submits a spec, and returns the sweep's id.</summary>
    public async Task<string> Submit(string spec)
    {
        using var answer = JsonDocument.Parse(await Ask(HttpMethod.Post, "sweeps", spec, "application/yaml"));
        return answer.RootElement.GetProperty("id").GetString()!;
    }

    public Task Tell(string sweep, string command) => Ask(HttpMethod.Post, $"sweeps/{sweep}/{command}");

    public async Task<byte[]> Results(string sweep) => await Ask(HttpMethod.Get, $"sweeps/{sweep}/results");

    public async Task<ImmutableArray<ToldEvent>> Events(string sweep)
    {
        var lines = Encoding.UTF8.GetString(await Ask(HttpMethod.Get, $"sweeps/{sweep}/events"));
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Read)];

        static ToldEvent Read(string line)
        {
            using var json = JsonDocument.Parse(line);
            var body = json.RootElement.GetProperty("body");
            return new ToldEvent(
                json.RootElement.GetProperty("type").GetString()!, Number(body, "shuffle"), Number(body, "attempt"));
        }

        static int? Number(JsonElement body, string name) =>
            body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var number) ? number.GetInt32() : null;
    }

    public async Task UntilCompleted(string sweep) => await Patience.Until($"{sweep} is completed", async () =>
    {
        using var json = JsonDocument.Parse(await Ask(HttpMethod.Get, $"sweeps/{sweep}"));
        var state = json.RootElement.GetProperty("state").GetString();
        state.ShouldNotBe("failed");
        return state == "completed";
    });

    /// <summary>Waits until an event of some kind has happened so often.</summary>
    public Task UntilEvents(string sweep, string type, int count) => Patience.Until(
        $"{sweep} has {count} events {type}", async () => (await Events(sweep)).Count(told => told.Type == type) >= count);

    public async Task<ImmutableArray<(string Name, string Status, int Working)>> Nodes()
    {
        using var json = JsonDocument.Parse(await Ask(HttpMethod.Get, "nodes"));
        return
        [
            .. json.RootElement.GetProperty("nodes").EnumerateArray().Select(node => (
                node.GetProperty("name").GetString()!, node.GetProperty("status").GetString()!,
                node.GetProperty("working").GetArrayLength())),
        ];
    }

    public async Task UntilReady(int nodes)
    {
        await Patience.Until("every coordinator is ready", async () =>
        {
            foreach (var coordinator in coordinators)
            {
                if (await Try(HttpMethod.Get, new Uri(coordinator, "/healthz/ready"), null, null) is not { StatusCode: HttpStatusCode.OK })
                {
                    return false;
                }
            }

            return true;
        });
        await Patience.Until($"{nodes} nodes are there", async () => (await Nodes()).Count(node => node.Status == "up") == nodes);
    }

    /// <summary>One request to the first coordinator, as it is.</summary>
    public Task<HttpResponseMessage> Send(HttpRequestMessage request) => _http.SendAsync(request);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <summary>Asks one after the other until one answers that can.</summary>
    private async Task<byte[]> Ask(HttpMethod method, string path, string? body = null, string? type = null)
    {
        byte[] content = [];
        await Patience.Until($"{method} {path} is answered", async () =>
        {
            foreach (var coordinator in coordinators)
            {
                using var answer = await Try(method, new Uri(coordinator, "/api/v1/" + path), body, type);
                if (answer is null || answer.StatusCode == HttpStatusCode.ServiceUnavailable)
                {
                    continue;
                }

                content = await answer.Content.ReadAsByteArrayAsync();
                answer.IsSuccessStatusCode.ShouldBeTrue(Encoding.UTF8.GetString(content));
                return true;
            }

            return false;
        });
        return content;
    }

    /// <summary>Null where nobody listens, or who did went away.</summary>
    private async Task<HttpResponseMessage?> Try(HttpMethod method, Uri uri, string? body, string? type)
    {
        using var request = new HttpRequestMessage(method, uri);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TestCluster.Token);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(type!));
        }

        try
        {
            return await _http.SendAsync(request);
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException or IOException)
        {
            return null;
        }
    }
}
