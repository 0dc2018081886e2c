using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using AdvFit.Api.Client;
using AdvFit.Api.Http;
using AdvFit.Messages;
using AdvFit.Reporting;
using AdvFit.Sweeps.Queries;

namespace AdvFit.Dashboard.Tests;

/// <summary>The dashboard as the program has it, over HTTP.</summary>
public sealed class Dashboards_of_servers : IAsyncLifetime, IDisposable
{
    private const string App = "<meta content=\"connect-src 'none'\">";

    private readonly string _token = BearerToken.New();
    private TestServer _server = null!;
    private RemoteSweeps _reader = null!;
    private DashboardServer _dashboard = null!;
    private HttpClient _http = null!;

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        _reader = Connect();
        _dashboard = await DashboardServer.StartAsync(
            App,
            DashboardSource.OfServer(_server.Address, _ => Connect()) with { Interval = TimeSpan.FromMilliseconds(20), ListInterval = TimeSpan.FromMilliseconds(20) },
            0, Report, new SweepControls(_token, Act));
        _http = new HttpClient { BaseAddress = new Uri(_dashboard.Address + "/") };
    }

    public async Task DisposeAsync()
    {
        await _dashboard.DisposeAsync();
        await _server.DisposeAsync();
    }

    public void Dispose()
    {
        _http.Dispose();
        _reader.Dispose();
    }

    [Fact]
    public async Task A_page_follows_a_sweep_to_its_end()
    {
        using var page = await EventReader.OpenAsync(_http);
        (await page.UntilAsync("place", _ => true)).GetString().ShouldBe(_server.Address);
        (await page.UntilAsync("sweeps", _ => true)).GetArrayLength().ShouldBe(0);

        await _server.RunAsync();

        await page.UntilAsync("sweep", sweep => sweep.GetProperty("status").GetString() == "completed");
        var report = await _http.GetFromJson($"report?sweep={TestServer.Id}");
        var results = JsonDocument.Parse(await (await _server.Http.GetAsync($"sweeps/{TestServer.Id}/results")).Content.ReadAsByteArrayAsync());
        JsonElement.DeepEquals(report.GetProperty("sweeps")[0].GetProperty("results"), results.RootElement).ShouldBeTrue();
    }

    [Fact]
    public async Task Reports_read_no_files_and_only_what_is_new()
    {
        await _server.RunAsync();
        await _http.GetFromJson($"report?sweep={TestServer.Id}");
        _server.TakeAsked();
        await _server.RunAsync(TestServer.Spec.Replace("shuffles: 3", "shuffles: 4", StringComparison.Ordinal));
        _server.TakeAsked();

        var report = await _http.GetFromJson($"report?sweep={TestServer.Id}");

        report.GetProperty("sweeps")[0].GetProperty("results").GetProperty("shuffles").GetArrayLength().ShouldBe(4);
        var asked = _server.TakeAsked();
        asked.ShouldNotContain(path => path.Contains("artifacts", StringComparison.Ordinal));
        asked.Where(path => path.Contains("fact=", StringComparison.Ordinal)).ShouldHaveSingleItem()
            .ShouldBe($"GET sweeps/{TestServer.Id}/events?after=20&fact=shuffle-evaluated.1");
    }

    [Fact]
    public async Task Buttons_act_through_the_server_and_its_token_stays_in_the_process()
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
        using var page = await EventReader.OpenAsync(_http);
        await page.UntilAsync("sweep", sweep => sweep.GetProperty("isLive").GetBoolean());

        (await PressAsync("pause", null)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await PressAsync("pause", TestServer.Token)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await PressAsync("pause", _token)).ShouldBe((HttpStatusCode.OK, "The server does it."));
        await page.UntilAsync("sweep", sweep => sweep.GetProperty("status").GetString() == "paused");
        held.Open();
        (await PressAsync("resume", _token)).Status.ShouldBe(HttpStatusCode.OK);
        await page.UntilAsync("sweep", sweep => sweep.GetProperty("status").GetString() == "completed");

        var (status, refusal) = await PressAsync("pause", _token);
        (status, refusal.Contains("nothing to pause", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.Conflict, true));
        page.Heard.ShouldNotContain(TestServer.Token);
        (await _http.GetStringAsync("")).ShouldNotContain(TestServer.Token);
    }

    [Fact]
    public async Task A_page_is_told_when_the_server_is_away_and_when_it_is_back()
    {
        await _server.RunAsync();
        using var page = await EventReader.OpenAsync(_http, $"?sweep={TestServer.Id}");
        await page.UntilAsync("sweep", _ => true);

        await _server.GoAwayAsync();
        (await page.UntilAsync("trouble", _ => true)).GetString().ShouldNotBeNull().ShouldStartWith($"{_server.Address} cannot be reached");
        (await _http.GetAsync($"report?sweep={TestServer.Id}")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await PressAsync("resume", _token)).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        // Whoever comes now is shown what there was.
        using var late = await EventReader.OpenAsync(_http);
        await late.UntilAsync("trouble", _ => true);
        (await late.UntilAsync("sweep", _ => true)).GetProperty("completed").GetInt32().ShouldBe(3);

        await _server.ComeBackAsync();
        await page.UntilAsync("trouble", trouble => trouble.ValueKind == JsonValueKind.Null);
        (await _http.GetFromJson($"report?sweep={TestServer.Id}")).GetProperty("sweeps").GetArrayLength().ShouldBe(1);
    }

    private RemoteSweeps Connect() =>
        new(new ApiClient(ServerAddresses.Parse(_server.Address)!, TestServer.Token, TimeProvider.System, _ => { }) { Patience = TimeSpan.Zero });

    private SweepReport Report(string id)
    {
        var details = new Sweeps.Queries.SweepCatalog(_reader).Load(id);
        return new SweepReportBuilder(_reader, details, details.State.Analyze(new SweepCatalog(_reader).Outcomes(id, details.State))).BuildWithoutFiles();
    }

    private string Act(string id, SweepCommand command)
    {
        using var sweeps = Connect();
        sweeps.Control.Perform(id, command);
        return "The server does it.";
    }

    private async Task<(HttpStatusCode Status, string Text)> PressAsync(string action, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"sweeps/{TestServer.Id}/{action}");
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var response = await _http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}

/// <summary>Reads documents.</summary>
internal static class Documents
{
    public static async Task<JsonElement> GetFromJson(this HttpClient http, string path) =>
        JsonDocument.Parse(await http.GetByteArrayAsync(path)).RootElement;
}
