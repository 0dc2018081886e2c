using System.Diagnostics;
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
    private readonly List<Process> _processes = [];

    public static TheoryData<int, ColorScheme> Looks => new()
    {
        { 1400, ColorScheme.Light }, { 1400, ColorScheme.Dark }, { 400, ColorScheme.Light }, { 400, ColorScheme.Dark },
    };

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
    public async Task A_running_sweep_is_seen_to_move_to_be_killed_and_to_go_on_without_a_reload()
    {
        var run = Start("run", Write(Spec), "--plain", "--slots", "2");
        var watched = await chromium.OpenAsync(await DashboardAsync());
        var page = watched.Page;

        await Expect(page.Locator("h2").First).ToContainTextAsync("running", Patiently);
        await Expect(page.Locator(".cell[data-phase=training]").First).ToBeVisibleAsync(Visibly);
        await Expect(page.Locator("#growing .canvas svg")).ToBeVisibleAsync(Visibly);
        await Pictures.TakeAsync(page, "dashboard-running-1400-light");

        run.Kill(entireProcessTree: true);
        await Expect(page.Locator("h2").First).ToContainTextAsync("interrupted", Patiently);

        Start("run", Write(Spec), "--plain", "--slots", "2");
        await Expect(page.Locator("h2").First).ToContainTextAsync("completed", Patiently);
        await Expect(page.Locator(".grid .cell[data-phase=completed]")).ToHaveCountAsync(6);
        await Expect(page.Locator("#changes-epoch .canvas svg")).ToBeVisibleAsync(Visibly);
        watched.Complaints.ShouldBeEmpty();
        watched.Requests.ShouldAllBe(url => url.StartsWith(watched.Requests.First(), StringComparison.Ordinal));
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
        Start("run", Write(Spec), "--plain", "--slots", "1");
        var watched = await chromium.OpenAsync(await DashboardAsync(withToken: true));
        var page = watched.Page;
        (await page.EvaluateAsync<string>("() => location.href")).ShouldNotContain("token");

        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync(new() { Timeout = 240_000 });
        await Expect(page.Locator("h2").First).ToContainTextAsync("paused", Patiently);
        await page.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync(new() { Timeout = 240_000 });
        await Expect(page.Locator("h2").First).ToContainTextAsync("completed", Patiently);
        watched.Complaints.ShouldBeEmpty();
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
    }

    [Fact]
    public async Task A_page_says_when_the_server_is_gone()
    {
        var address = await DashboardAsync();
        var watched = await chromium.OpenAsync(address);
        await Expect(watched.Page.GetByText("There are no sweeps yet")).ToBeVisibleAsync(Visibly);
        _processes[^1].Kill();
        await Expect(watched.Page.GetByText("The server does not answer")).ToBeVisibleAsync(Visibly);
    }

    /// <summary>Loaded machines are slow; a test waits as long as it must, and fails only if nothing comes.</summary>
    private static LocatorAssertionsToContainTextOptions Patiently => new() { Timeout = 240_000 };

    private static LocatorAssertionsToBeVisibleOptions Visibly => new() { Timeout = 120_000 };

    private static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);

    private string Write(string spec)
    {
        var path = Path.Combine(_program.Folder, "live.yaml");
        File.WriteAllText(path, spec);
        return path;
    }

    private Process Start(params string[] arguments)
    {
        var process = _program.Start(arguments);
        _processes.Add(process);
        // Read, lest it waits for somebody to.
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Starts a dashboard and returns its address.</summary>
    private async Task<string> DashboardAsync(bool withToken = false)
    {
        var process = _program.Start("dashboard", "--port", "0");
        _processes.Add(process);
        var lines = new[] { await process.StandardOutput.ReadLineAsync(), await process.StandardOutput.ReadLineAsync() };
        var line = lines[withToken ? 1 : 0] ?? throw new InvalidOperationException(await process.StandardError.ReadToEndAsync());
        return line[line.IndexOf("http://", StringComparison.Ordinal)..];
    }
}
