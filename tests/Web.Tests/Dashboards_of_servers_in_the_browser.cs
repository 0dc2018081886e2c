using System.Diagnostics;
using AdvFit.Api.Tests;
using Microsoft.Playwright;

namespace AdvFit.Web.Tests;

[Trait("Category", "Browser")]
[Collection(InTheBrowser.Name)]
public sealed class Dashboards_of_servers_in_the_browser(Chromium chromium) : IAsyncLifetime, IDisposable
{
    private readonly Program _program = new();
    private readonly List<Process> _processes = [];
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }

        _program.Dispose();
    }

    [Fact]
    public async Task Nodes_are_seen_at_work_and_the_server_to_go_and_come_back()
    {
        using var held = new Gate();
        HoldBefore("2: fgsm", held);
        await _server.PostAsync("sweeps", TestServer.Spec);
        var watched = await chromium.OpenAsync(await DashboardAsync(TestServer.Token));
        var page = watched.Page;

        await Expect(page.Locator("#sweep")).ToContainTextAsync("running", Patiently);
        await Expect(Row(page, "What each node does", "here")).ToContainTextAsync($"03:04 UTC{TestServer.Id} shuffle 2, epoch 2, 25.0%", Patiently);
        await Expect(Row(page, "What each node does", "there")).ToContainTextAsync("unreachable0 of 2", Patiently);
        await Expect(Row(page, "Shuffles at work", "2")).ToContainTextAsync("here", Patiently);
        await Expect(page.Locator("#changes-epoch .canvas svg")).ToBeVisibleAsync(Visibly);
        await Pictures.TakeAsync(page, "dashboard-server-1400-light");
        (await Axe.ViolationsAsync(page)).ShouldBeEmpty();

        await _server.GoAwayAsync();
        await Expect(page.GetByText($"{_server.Address} cannot be reached")).ToBeVisibleAsync(Visibly);
        await Expect(page.Locator("#sweep")).ToContainTextAsync("running");
        await Expect(page.Locator("#changes-epoch .canvas svg")).ToBeVisibleAsync();
        await Expect(Row(page, "Shuffles at work", "2")).ToBeVisibleAsync();
        await Pictures.TakeAsync(page, "dashboard-server-away-1400-light");

        held.Open();
        await _server.Service.WorkAsync();
        await _server.ComeBackAsync();
        await Expect(page.GetByText("Live again")).ToBeVisibleAsync(Visibly);
        await Expect(page.Locator("#sweep")).ToContainTextAsync("completed", Patiently);
        await Expect(page.Locator("#so-far + div")).ToContainTextAsync("3 of 3", Patiently);
        watched.Complaints.ShouldBeEmpty();
        watched.Requests.ShouldAllBe(url => url.StartsWith(watched.Requests.First().Split('#')[0], StringComparison.Ordinal));
        (await page.ContentAsync()).ShouldNotContain(TestServer.Token);
    }

    [Fact]
    public async Task Who_has_the_token_can_pause_and_resume()
    {
        using var held = new Gate();
        HoldBefore("2: epoch 1", held);
        await _server.PostAsync("sweeps", TestServer.Spec);
        var page = (await chromium.OpenAsync(await DashboardAsync(TestServer.Token, withToken: true), 400)).Page;

        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync(new() { Timeout = 240_000 });
        await Expect(page.GetByText("The server does it.")).ToBeVisibleAsync(Visibly);
        await Expect(page.Locator("#sweep")).ToContainTextAsync("paused", Patiently);
        await Pictures.TakeAsync(page, "dashboard-server-400-light");
        (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(400);
        held.Open();
        await page.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync(new() { Timeout = 240_000 });
        await Expect(page.Locator("#sweep")).ToContainTextAsync("completed", Patiently);
    }

    [Fact]
    public async Task Without_the_servers_token_the_dashboard_is_to_look_at()
    {
        await _server.RunAsync();
        var page = (await chromium.OpenAsync(await DashboardAsync(token: null))).Page;

        await Expect(page.Locator("#sweep")).ToContainTextAsync("completed", Patiently);
        (await _processes[^1].StandardError.ReadLineAsync()).ShouldNotBeNull().ShouldContain("$ADVFIT_TOKEN");
    }

    private static LocatorAssertionsToContainTextOptions Patiently => new() { Timeout = 240_000 };

    private static LocatorAssertionsToBeVisibleOptions Visibly => new() { Timeout = 120_000 };

    private static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);

    /// <summary>The row of a table, by its first cell.</summary>
    private static ILocator Row(IPage page, string table, string head) => page.GetByRole(AriaRole.Table, new() { Name = table })
        .GetByRole(AriaRole.Row).Filter(new() { Has = page.GetByRole(AriaRole.Rowheader, new() { Name = head, Exact = true }) });

    private void HoldBefore(string stage, Gate held) => _server.Service.Before = next =>
    {
        if (next == stage)
        {
            held.Wait();
        }
    };

    /// <summary>Starts a dashboard of the server and returns its address.</summary>
    private async Task<string> DashboardAsync(string? token, bool withToken = false)
    {
        var process = _program.StartWith(token, "dashboard", "--port", "0", "--server", _server.Address);
        _processes.Add(process);
        var line = await process.StandardOutput.ReadLineAsync();
        line = withToken ? await process.StandardOutput.ReadLineAsync() : line;
        return line is null
            ? throw new InvalidOperationException(await process.StandardError.ReadToEndAsync())
            : line[(line.LastIndexOf(' ') + 1)..];
    }
}
