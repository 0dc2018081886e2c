using AdvFit.Api.Formats;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Store;

namespace AdvFit.Api.Tests;

/// <summary>Events as they come.</summary>
public sealed class Followed_events : IAsyncLifetime
{
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Those_that_are_there_come_first_and_then_those_that_are_recorded()
    {
        using var held = new Gate();
        _server.Service.Before = stage =>
        {
            if (stage == "2: epoch 1")
            {
                held.Wait();
            }
        };
        await _server.PostAsync("sweeps", TestServer.Spec);
        using var events = await OpenAsync();
        var first = await NextAsync(events);
        held.Open();
        await _server.Service.WorkAsync();
        var journal = Journal();

        List<string> got = [first, .. await TakeAsync(events, journal.Count - 1)];

        got.ShouldBe(journal.Select(Message));
    }

    [Fact]
    public async Task Who_reconnects_gets_what_follows_the_last_event()
    {
        await _server.RunAsync();
        var journal = Journal();
        using var events = await OpenAsync("?after=2", ("Last-Event-ID", "5"));

        (await TakeAsync(events, journal.Count - 5)).ShouldBe(journal.Skip(5).Select(Message));
    }

    [Fact]
    public async Task A_silent_stream_gives_signs_of_life()
    {
        await using var server = await TestServer.StartAsync(TestServer.Token, new HastyClock());
        var id = await server.RunAsync();
        using var answer = await server.Http.SendAsync(
            Request(id, "?after=1000"), HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());

        // The first comes at once, and each of the others after a silence.
        for (var i = 0; i < 3; i++)
        {
            (await lines.ReadLineAsync()).ShouldBe(":");
            (await lines.ReadLineAsync()).ShouldBe("");
        }
    }

    [Fact]
    public async Task A_number_that_is_none_is_refused() =>
        (await _server.SendAsync(
            HttpMethod.Get, $"sweeps/{await _server.RunAsync()}/events", null, TestServer.Token,
            ("Accept", "text/event-stream"), ("Last-Event-ID", "x")).Refused(System.Net.HttpStatusCode.BadRequest)).ShouldContain("Last-Event-ID");

    private List<JournalEntry> Journal()
    {
        using var store = SweepStore.OpenForReading(_server.Store)!;
        return [.. store.Journal.Read(TestServer.Id)];
    }

    private static string Message(JournalEntry entry)
    {
        var line = new System.Buffers.ArrayBufferWriter<byte>();
        EventLine.Write(line, entry);
        return $"id: {entry.Number}\nevent: {EventFormat.TypeOf(entry.Event)}\ndata: {System.Text.Encoding.UTF8.GetString(line.WrittenSpan)}\n";
    }

    private static HttpRequestMessage Request(string id, string query, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"sweeps/{id}/events{query}");
        request.Headers.Accept.ParseAdd("text/event-stream");
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return request;
    }

    private async Task<StreamReader> OpenAsync(string query = "", params (string Name, string Value)[] headers)
    {
        var answer = await _server.Http.SendAsync(Request(TestServer.Id, query, headers), HttpCompletionOption.ResponseHeadersRead);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        return new StreamReader(await answer.Content.ReadAsStreamAsync());
    }

    private static async Task<List<string>> TakeAsync(StreamReader events, int count)
    {
        var taken = new List<string>();
        while (taken.Count < count)
        {
            taken.Add(await NextAsync(events));
        }

        return taken;
    }

    /// <summary>The next message; comments are left out.</summary>
    private static async Task<string> NextAsync(StreamReader events)
    {
        var message = "";
        while (await events.ReadLineAsync() is { } line)
        {
            if (line.Length > 0)
            {
                message += line == ":" ? "" : line + "\n";
            }
            else if (message.Length > 0)
            {
                return message;
            }
        }

        throw new EndOfStreamException("The stream ended early.");
    }
}
