using AdvFit.Api.Tests;
using Microsoft.Playwright;

namespace AdvFit.Web.Tests;

[Trait("Category", "Browser")]
[Collection(InTheBrowser.Name)]
public sealed class Dashboards_of_servers_in_the_browser(Chromium chromium) : IAsyncLifetime, IDisposable
{
    private readonly Program _program = new() { Token = TestServer.Token };
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task Nodes_are_seen_at_work_and_the_server_to_go_and_come_back()
    {
        using var held = new Gate();
        HoldBefore("2: fgsm", held);
        await _server.PostAsync("sweeps", TestServer.Spec);
        using var dashboard = await DashboardAsync();
        var watched = await chromium.OpenAsync(dashboard.Address);
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
        await Expect(page.Locator("#findings")).ToContainTextAsync("3 of 3", Patiently);
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
        using var dashboard = await DashboardAsync();
        var page = (await chromium.OpenAsync(dashboard.AddressWithToken, 400)).Page;

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
        using var program = new Program();
        using var process = program.Start("dashboard", "--port", "0", "--server", _server.Address);

        (await process.StandardOutput.ReadLineAsync()).ShouldNotBeNull().ShouldStartWith($"To look at {_server.Address}: http://127.0.0.1:");
        (await process.StandardError.ReadLineAsync()).ShouldNotBeNull().ShouldContain("$ADVFIT_TOKEN");
        process.Kill(entireProcessTree: true);
        (await process.StandardOutput.ReadToEndAsync()).ShouldBeEmpty();
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

    private Task<DashboardProcess> DashboardAsync() => DashboardProcess.StartAsync(_program, server: _server.Address);
}
