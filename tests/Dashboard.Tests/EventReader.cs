using System.Text.Json;

namespace AdvFit.Dashboard.Tests;

/// <summary>A page that listens, without a browser.</summary>
internal sealed class EventReader : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;

    private EventReader(HttpResponseMessage response, Stream body) => (_response, _lines) = (response, new StreamReader(body));

    /// <summary>All that came so far.</summary>
    public string Heard { get; private set; } = "";

    public static async Task<EventReader> OpenAsync(HttpClient http, string query = "")
    {
        var response = await http.GetAsync($"events{query}", HttpCompletionOption.ResponseHeadersRead);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        return new EventReader(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>Reads on until an event of a name comes that is as wanted, and returns it.</summary>
    public async Task<JsonElement> UntilAsync(string name, Func<JsonElement, bool> isWanted)
    {
        var isNamed = false;
        while (await _lines.ReadLineAsync() is { } line)
        {
            Heard += line + "\n";
            if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                isNamed = line == $"event: {name}";
            }
            else if (isNamed && line.StartsWith("data: ", StringComparison.Ordinal)
                && JsonDocument.Parse(line["data: ".Length..]).RootElement is var data && isWanted(data))
            {
                return data;
            }
        }

        throw new EndOfStreamException($"The stream ended before the event {name}; it had:\n{Heard}");
    }

    public void Dispose()
    {
        _lines.Dispose();
        _response.Dispose();
    }
}
