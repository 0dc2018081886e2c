using System.Net;
using Microsoft.Playwright;

namespace AdvFit.Web.Tests;

[Trait("Category", "Browser")]
[Collection(InTheBrowser.Name)]
public sealed class Dashboards_in_the_browser(Chromium chromium) : IDisposable
{
    private const string Spec = """
        name: live
        dataset: fashion-mnist-mini
        subsample: { train: 1000, test: 300 }
        network: lenet5
        training: { epochs: 8 }
        attacks: [fgsm, deepfool]
        shuffles: 6
        seed: 5
        """;

    private readonly Program _program = new();
    private DashboardProcess? _dashboard;

    public static TheoryData<int, ColorScheme> Looks => new()
    {
        { 1400, ColorScheme.Light }, { 1400, ColorScheme.Dark }, { 400, ColorScheme.Light }, { 400, ColorScheme.Dark },
    };

    public void Dispose()
    {
        _dashboard?.Dispose();
        _program.Dispose();
    }

    [Fact]
    public async Task A_running_sweep_is_seen_to_move_to_be_killed_and_to_go_on_without_a_reload()
    {
        await using var recording = await Recording.StartAsync(chromium, await DashboardAsync(), "dashboard");
        using (var killed = HeldRun.Start(_program, Write(Spec), slots: 2))
        {
            killed.HoldAt("epoch 2/8");
            await recording.ShowsAsync("running", page => page.Locator(".cell[data-phase=training]").First);
            await recording.TakeAsync("1-start");

            killed.HoldAt("done (2 of 6)");
            killed.HoldAt("epoch 4/8");
            await recording.ShowsAsync("running", page => page.Locator(".grid .cell[data-phase=completed]").Nth(1));
            await recording.ShowsAsync("running", page => page.Locator("#growing .canvas svg"));
            await recording.ShowsAsync("running", page => page.Locator("#changes-epoch .canvas svg"));
            await recording.TakeAsync("2-middle");
        }

        await recording.ShowsAsync("interrupted", page => page.Locator(".grid .cell").First);
        await recording.TakeAsync("3-killed");

        using var resumed = HeldRun.Start(_program, Write(Spec), slots: 2);
        resumed.HoldAt("epoch 4/8");
        await recording.ShowsAsync("running", page => page.Locator("#growing .canvas svg"));
        await recording.TakeAsync("4-resumed");

        await resumed.EndAsync();
        await recording.ShowsAsync("completed", page => page.Locator(".grid .cell[data-phase=completed]").Nth(5));
        await recording.ShowsAsync("completed", page => page.Locator("#findings").GetByText("6 of 6 planned shuffles"));
        await recording.TakeAsync("5-completed");
        recording.Complaints.ShouldBeEmpty();
        recording.Requests.ShouldAllBe(url => url.StartsWith(recording.Requests.First(), StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task The_dashboard_is_accessible_and_fits_the_width_in_every_look(int width, ColorScheme theme)
    {
        _program.Run("run", Write(Spec.Replace("epochs: 8", "epochs: 3", StringComparison.Ordinal)), "--plain");
        var watched = await chromium.OpenAsync(await DashboardAsync(), width, theme);
        await Expect(watched.Page.Locator("#changes-epoch .canvas svg")).ToBeVisibleAsync(Visibly);
        await watched.SeeAllAsync();

        await Pictures.TakeAsync(watched.Page, $"dashboard-{width}-{theme.ToString().ToLowerInvariant()}");
        (await watched.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
        (await Axe.ViolationsAsync(watched.Page)).ShouldBeEmpty();
        watched.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_has_the_token_can_pause_and_resume()
    {
        using var run = HeldRun.Start(_program, Write(Spec), slots: 1);
        run.HoldAt("fgsm fooled");
        var watched = await chromium.OpenAsync(await DashboardAsync(withToken: true));
        var page = watched.Page;
        (await page.EvaluateAsync<string>("() => location.href")).ShouldNotContain("token");

        await Button(page, "Pause").ClickAsync(Slowly);
        await Expect(page.GetByText("Asked")).ToBeVisibleAsync(Visibly);
        var ended = run.EndAsync();
        await Expect(page.Locator("#sweep")).ToContainTextAsync("paused", Patiently);
        await Button(page, "Resume").ClickAsync(Slowly);
        await Expect(page.Locator("#sweep")).ToContainTextAsync("completed", Patiently);
        await ended;
        watched.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_has_the_token_can_cancel_and_take_it_up_again()
    {
        using var run = HeldRun.Start(_program, Write(Spec), slots: 1);
        run.HoldAt("fgsm fooled");
        await using var recording = await Recording.StartAsync(chromium, await DashboardAsync(withToken: true), "dashboard");
        var page = recording.Pages[0];

        await recording.ShowsAsync("running", each => each.Locator("#growing .canvas svg"));
        page.Dialog += async (_, dialog) => await dialog.AcceptAsync();
        await Button(page, "Cancel").ClickAsync(Slowly);
        await Expect(page.GetByText("Asked")).ToBeVisibleAsync(Visibly);
        await run.EndAsync();
        await recording.ShowsAsync("cancelled", each => each.Locator(".grid .cell[data-phase=cancelled]").First);
        await recording.TakeAsync("6-cancelled");

        await Button(page, "Resume").ClickAsync(Slowly);
        await Expect(page.GetByText("No process works on it")).ToBeVisibleAsync(Visibly);
        await Expect(page.Locator(".grid .cell[data-phase=planned]").First).ToBeVisibleAsync(Visibly);
        recording.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_has_the_token_can_have_rerun_what_failed()
    {
        // A step so large that the loss is no number any more.
        var failing = Spec.Replace("epochs: 8", "epochs: 2, learning_rate: 1e9", StringComparison.Ordinal).Replace("shuffles: 6", "shuffles: 2", StringComparison.Ordinal);
        using var run = HeldRun.Start(_program, Write(failing), slots: 2);
        await run.EndAsync();
        await using var recording = await Recording.StartAsync(chromium, await DashboardAsync(withToken: true), "dashboard");
        await recording.ShowsAsync("failed", page => page.GetByText("Shuffle 2, attempt 1:"));
        await recording.TakeAsync("7-failed");
        (await Axe.ViolationsAsync(recording.Pages[0])).ShouldBeEmpty();

        await Button(recording.Pages[0], "Rerun what failed").ClickAsync(Slowly);
        await recording.ShowsAsync("interrupted", page => page.Locator(".grid .cell[data-phase=planned]").Nth(1));
        recording.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_the_token_or_from_elsewhere_nothing_can_be_done()
    {
        _program.Run("run", Write(Spec.Replace("epochs: 8", "epochs: 1", StringComparison.Ordinal)), "--plain");
        var address = await DashboardAsync();
        using var client = new HttpClient { BaseAddress = new Uri(address) };

        (await client.PostAsync("sweeps/live/cancel", null)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var rebound = new HttpRequestMessage(HttpMethod.Get, "events") { Headers = { Host = "evil.example" } };
        (await client.SendAsync(rebound)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var foreign = new HttpRequestMessage(HttpMethod.Get, "events") { Headers = { { "Origin", "http://evil.example" } } };
        (await client.SendAsync(foreign)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var proxied = new HttpRequestMessage(HttpMethod.Get, "events") { Headers = { { "X-Forwarded-For", "10.1.2.3" } } };
        (await client.SendAsync(proxied)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_page_says_when_the_dashboard_is_gone_and_goes_on_by_itself_when_it_is_back()
    {
        var watched = await chromium.OpenAsync(await DashboardAsync());
        await Expect(watched.Page.GetByText("There are no sweeps yet")).ToBeVisibleAsync(Visibly);
        var port = new Uri(_dashboard!.Address).Port;
        _dashboard.Dispose();
        await Expect(watched.Page.GetByText("The server does not answer")).ToBeVisibleAsync(Visibly);

        _program.Run("run", Write(Spec.Replace("epochs: 8", "epochs: 1", StringComparison.Ordinal)), "--plain");
        _dashboard = await DashboardProcess.StartAsync(_program, port);
        await Expect(watched.Page.Locator("#sweep")).ToContainTextAsync("completed", Patiently);
        await Expect(watched.Page.GetByText("The server does not answer")).ToBeHiddenAsync();
    }

    /// <summary>Loaded machines are slow; a test waits as long as it must, and fails only if nothing comes.</summary>
    private static LocatorAssertionsToContainTextOptions Patiently => new() { Timeout = 240_000 };

    private static LocatorAssertionsToBeVisibleOptions Visibly => new() { Timeout = 120_000 };

    private static LocatorClickOptions Slowly => new() { Timeout = 240_000 };

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name });

    private static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);

    private string Write(string spec)
    {
        var path = Path.Combine(_program.Folder, "live.yaml");
        File.WriteAllText(path, spec);
        return path;
    }

    /// <summary>Starts a dashboard and returns its address.</summary>
    private async Task<string> DashboardAsync(bool withToken = false)
    {
        _dashboard = await DashboardProcess.StartAsync(_program);
        return withToken ? _dashboard.AddressWithToken : _dashboard.Address;
    }
}
