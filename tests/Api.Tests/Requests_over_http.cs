using System.Net;
using System.Text.Json;
using AdvFit.Analysis.Json;
using AdvFit.Api.Formats;
using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Json;
using AdvFit.Sweeps.Queries;
using AdvFit.Sweeps.Store;

namespace AdvFit.Api.Tests;

/// <summary>What each request does.</summary>
public sealed class Requests_over_http : IAsyncLifetime
{
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_spec_is_submitted_once_and_then_continued()
    {
        using var first = await _server.PostAsync("sweeps?shuffles=2", TestServer.Spec);
        await _server.Service.WorkAsync();
        using var again = await _server.PostAsync("sweeps", TestServer.Spec);
        await _server.Service.WorkAsync();

        first.StatusCode.ShouldBe(HttpStatusCode.Created);
        first.Headers.Location!.OriginalString.ShouldBe($"/api/v1/sweeps/{TestServer.Id}");
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _server.Service.Find(TestServer.Id, default))!.State.Completed.ShouldBe(3);
    }

    [Fact]
    public async Task Problems_of_a_spec_come_with_their_places()
    {
        using var answer = await _server.PostAsync("sweeps", TestServer.Spec.Replace("lenet5", "lenet6", StringComparison.Ordinal));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var document = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync());
        var problem = document.RootElement.GetProperty("problems").EnumerateArray().Single();
        (problem.GetProperty("line").GetInt32(), problem.GetProperty("column").GetInt32()).ShouldBe((4, 10));
        problem.GetProperty("message").GetString()!.ShouldContain("lenet5");
    }

    [Fact]
    public async Task A_sweep_that_is_quarantined_is_named_and_refuses_all_but_what_is_sound()
    {
        const string Trouble = "The sweep is quarantined, for event 8 contradicts those before it.";
        var id = await _server.RunAsync();
        var other = await _server.RunAsync(TestServer.Spec.Replace("name: small", "name: other", StringComparison.Ordinal));
        _server.Service.Quarantined = (id, 7, Trouble);

        var list = SweepListJson.Read(await _server.Http.GetByteArrayAsync("sweeps"));
        list.Select(sweep => (sweep.Id, sweep.Status, sweep.Trouble)).ShouldBe(
            [(id, SweepStatus.Quarantined, Trouble), (other, SweepStatus.Completed, null)], ignoreOrder: true);
        foreach (var path in new[] { $"sweeps/{id}", $"sweeps/{id}/results" })
        {
            (await _server.SendAsync(HttpMethod.Get, path).Refused(HttpStatusCode.Conflict)).ShouldBe(Trouble);
        }

        (await _server.SendAsync(HttpMethod.Get, $"sweeps/{id}/events", headers: ("Accept", "text/event-stream")).Refused(HttpStatusCode.Conflict))
            .ShouldBe(Trouble);
        foreach (var command in new[] { "pause", "resume", "cancel" })
        {
            (await _server.PostAsync($"sweeps/{id}/{command}").Refused(HttpStatusCode.Conflict)).ShouldBe(Trouble);
        }

        (await _server.Http.GetStringAsync($"sweeps/{id}/events")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(7);
        (await _server.SendAsync(HttpMethod.Get, $"sweeps/{other}/results").Status()).ShouldBe(HttpStatusCode.OK);

        (await _server.SendAsync(HttpMethod.Delete, $"sweeps/{id}").Status()).ShouldBe(HttpStatusCode.NoContent);
        (await _server.SendAsync(HttpMethod.Delete, $"sweeps/{id}").Refused(HttpStatusCode.NotFound)).ShouldContain("lists them");
        SweepListJson.Read(await _server.Http.GetByteArrayAsync("sweeps")).Select(sweep => sweep.Id).ShouldBe([other]);
    }

    [Fact]
    public async Task List_show_and_results_are_what_the_commands_write_of_the_same_store()
    {
        var id = await _server.RunAsync();
        using var store = SweepStore.OpenForReading(_server.Store)!;
        var catalog = new SweepCatalog(store);
        var details = catalog.Load(id);

        (await _server.Http.GetByteArrayAsync("sweeps")).ShouldBe(SweepListJson.Write(store.List()));
        (await _server.Http.GetByteArrayAsync($"sweeps/{id}")).ShouldBe(
            ProvenanceJson.Write(details, store.FolderOf(id), shuffle => catalog.Record(id, shuffle)));
        (await _server.Http.GetByteArrayAsync($"sweeps/{id}/results")).ShouldBe(
            ResultsJson.Write(details.State.Analyze(new SweepCatalog(store).Outcomes(id, details.State))));
        SweepListJson.Read(SweepListJson.Write(store.List())).ShouldBe(store.List());
    }

    [Fact]
    public async Task Events_are_those_of_the_journal_in_full_in_brief_and_of_one_shuffle_or_type()
    {
        var id = await _server.RunAsync();
        using var store = SweepStore.OpenForReading(_server.Store)!;

        (await Lines($"sweeps/{id}/events")).ShouldBe(store.Journal.Read(id).Select(Content));
        (await Lines($"sweeps/{id}/events?after=7")).ShouldBe(store.Journal.Read(id, 7).Select(Content));
        (await Lines($"sweeps/{id}/events?brief=true")).ShouldBe(store.Journal.ReadBriefly(id).Select(Content));
        (await Lines($"sweeps/{id}/events?shuffle=2")).ShouldBe(store.Journal.ReadShuffle(id, 2).Select(Content));
        (await Lines($"sweeps/{id}/events?fact=epoch-trained.1&shuffle=3")).ShouldBe(
            store.Journal.ReadShuffle(id, 3, typeof(EpochTrained)).Select(Content));
    }

    [Fact]
    public async Task A_snapshot_is_the_state_after_the_latest_event()
    {
        var id = await _server.RunAsync();
        using var document = JsonDocument.Parse(await _server.Http.GetByteArrayAsync($"sweeps/{id}/snapshot"));
        using var store = SweepStore.OpenForReading(_server.Store)!;
        var replay = SweepReplay.Of(store.Journal, id);

        document.RootElement.GetProperty("number").GetInt64().ShouldBe(replay.Number);
        document.RootElement.GetProperty("live").GetBoolean().ShouldBeFalse();
        document.RootElement.GetProperty("folder").GetString().ShouldBe(store.FolderOf(id));
        document.RootElement.GetProperty("body").GetString().ShouldBe(SnapshotFormat.Write(replay.State!, replay.History));
        (await _server.Http.GetStringAsync($"sweeps/{id}/snapshot?body=false")).ShouldNotContain("body");
    }

    [Fact]
    public async Task A_sweep_is_paused_resumed_cancelled_and_done_again()
    {
        using var held = new Gate();
        _server.Service.Before = stage => held.Wait();
        (await _server.PostAsync("sweeps", TestServer.Spec).Status()).ShouldBe(HttpStatusCode.Created);
        using (var nodes = JsonDocument.Parse(await _server.Http.GetByteArrayAsync("nodes")))
        {
            nodes.RootElement.GetProperty("nodes")[1].GetProperty("status").GetString().ShouldBe("unreachable");
        }

        (await Status("pause")).ShouldBe(HttpStatusCode.NoContent);
        (await State()).ShouldBe(SweepStatus.Paused);
        held.Open();
        (await Status("resume")).ShouldBe(HttpStatusCode.NoContent);
        await _server.Service.WorkAsync();
        (await State()).ShouldBe(SweepStatus.Completed);

        (await Status("rerun", """{"shuffles": [2], "only_failed": false, "stage": "attack:fgsm"}""")).ShouldBe(HttpStatusCode.NoContent);
        await _server.Service.WorkAsync();
        using var store = SweepStore.OpenForReading(_server.Store)!;
        store.Journal.Read(TestServer.Id).Select(entry => entry.Event).OfType<ShuffleReopened>().Single().Shuffle.ShouldBe(2);
        (await State()).ShouldBe(SweepStatus.Completed);

        (await _server.PostAsync($"sweeps/{TestServer.Id}/pause").Refused(HttpStatusCode.Conflict)).ShouldContain("nothing to pause");

        Task<HttpStatusCode> Status(string action, string body = "") =>
            _server.PostAsync($"sweeps/{TestServer.Id}/{action}", body).Status();

        async Task<SweepStatus> State()
        {
            var standing = await _server.Service.Find(TestServer.Id, default);
            return SweepStatuses.Of(standing!.State, standing.IsLive);
        }
    }

    [Fact]
    public async Task Nodes_come_back_as_they_are_sent()
    {
        NodeSnapshot[] nodes =
        [
            new("a", NodeStatus.Up, 2, Some.Time, [new SlotSnapshot(0, "s-00000000", 2, new ShuffleProgress(3, "train", 4, 5, 6, 0.5, 0.25))]),
            new("b", NodeStatus.Leaving, 1, Some.Time, [new SlotSnapshot(1, "s-00000000", 1, new ShuffleProgress(4, "attack fgsm", null, 0, 6, null, 0))]),
        ];
        var read = NodesJson.Read(NodesJson.Write([.. nodes]));

        read.Select(node => node with { Working = [] }).ShouldBe(nodes.Select(node => node with { Working = [] }));
        read.SelectMany(node => node.Working).ShouldBe(nodes.SelectMany(node => node.Working));
        (await _server.Http.GetStringAsync("nodes")).ShouldContain("\"name\":\"here\"");
    }

    [Fact]
    public async Task What_is_unknown_is_not_found()
    {
        var unknown = "sweeps/none-00000000";
        foreach (var path in new[] { unknown, $"{unknown}/snapshot", $"{unknown}/events", $"{unknown}/results" })
        {
            (await _server.SendAsync(HttpMethod.Get, path).Refused(HttpStatusCode.NotFound)).ShouldContain("There is no sweep none-00000000");
        }

        (await _server.PostAsync($"{unknown}/cancel").Refused(HttpStatusCode.NotFound)).ShouldContain("There is no sweep");
        (await _server.SendAsync(HttpMethod.Get, "swoops").Refused(HttpStatusCode.NotFound)).ShouldContain("There is no request GET /api/v1/swoops");
        (await _server.SendAsync(HttpMethod.Delete, "sweeps").Refused(HttpStatusCode.NotFound)).ShouldContain("There is no request DELETE");
    }

    [Fact]
    public async Task Where_nobody_can_answer_it_is_said_when_to_ask_again()
    {
        _server.Service.Outage = () => new ServiceUnavailableException("No coordinator leads just now.") { RetryAfter = TimeSpan.FromSeconds(7) };
        using var answer = await _server.SendAsync(HttpMethod.Get, "sweeps");

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(7));
        (await answer.Content.ReadAsStringAsync()).ShouldBe("""{"error":"No coordinator leads just now."}""");
    }

    private async Task<IEnumerable<(long, DateTimeOffset, string)>> Lines(string path)
    {
        using var answer = await _server.SendAsync(HttpMethod.Get, path);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/x-ndjson");
        var text = await answer.Content.ReadAsByteArrayAsync();
        return [.. Split(text).Select(line => Content(EventLine.Read(line)))];
    }

    private static IEnumerable<byte[]> Split(byte[] text)
    {
        text[^1].ShouldBe((byte)'\n');
        return System.Text.Encoding.UTF8.GetString(text).TrimEnd('\n').Split('\n').Select(System.Text.Encoding.UTF8.GetBytes);
    }

    private static (long, DateTimeOffset, string) Content(JournalEntry entry) => (
        entry.Number, entry.At,
        entry.Event is FactRecorded { Fact: StageCompletion brief } ? brief.ToString() : EventFormat.Write(entry.Event).Body);
}
