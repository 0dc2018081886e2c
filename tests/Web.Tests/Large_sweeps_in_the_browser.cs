using System.Globalization;
using Microsoft.Playwright;
using Xunit.Abstractions;

namespace AdvFit.Web.Tests;

/// <summary>A thousand shuffles stay smooth because news touch what they are about, and nothing else.</summary>
[Trait("Category", "Browser")]
[Collection(InTheBrowser.Name)]
public sealed class Large_sweeps_in_the_browser(Chromium chromium, ITestOutputHelper output)
{
    private const int Slots = 4;

    [Fact]
    public async Task News_touch_as_little_of_a_page_of_a_thousand_shuffles_as_of_one_of_ten()
    {
        var small = await TouchedAsync(shuffles: 10);
        var large = await TouchedAsync(shuffles: 1000);
        output.WriteLine($"Nodes touched by an epoch of each of {Slots} slots: {small} of 10 shuffles, {large} of 1,000.");

        // More digits are no more nodes; a tick more on an axis is.
        large.ShouldBeInRange(1, small + 20);
    }

    [Fact]
    public async Task A_thousand_shuffles_are_shown_to_the_last_while_they_complete()
    {
        using var program = new Program();
        using var sweep = new PacedSweep(program, 1000, slots: 16);
        using var dashboard = await DashboardProcess.StartAsync(program);
        var watched = await chromium.OpenAsync(dashboard.Address);
        var page = watched.Page;
        await Assertions.Expect(page.Locator(".grid .cell")).ToHaveCountAsync(1000, new() { Timeout = 120_000 });
        await page.GetByText("The shuffles as a table").ClickAsync();
        // Waits inside of the page: asked from outside again and again, it would be busy answering.
        var shown = page.EvaluateAsync<double[]>("""
            async () => {
              const frames = [];
              const begun = performance.now();
              let last = begun;
              const tick = now => { frames.push(now - last); last = now; requestAnimationFrame(tick); };
              requestAnimationFrame(tick);
              while (!document.querySelector('#findings').textContent.includes('1000 of 1000 planned shuffles')) {
                if (performance.now() - begun > 240_000) {
                  throw new Error(`The page shows no last findings, but: ${document.body.innerText.slice(0, 1000)}`);
                }
                await new Promise(resolve => setTimeout(resolve, 250));
              }
              return frames.slice(1);
            }
            """);
        sweep.Finish();
        var frames = (await shown).Order().ToArray();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{frames.Length} frames: median {frames[frames.Length / 2]:0.0} ms, 99th percentile {frames[frames.Length * 99 / 100]:0.0} ms, longest {frames[^1]:0.0} ms."));

        (await page.Locator(".grid .cell[data-phase=completed]").CountAsync()).ShouldBe(1000);
        await Assertions.Expect(page.Locator("#changes-epoch .canvas svg")).ToBeVisibleAsync();
        (await page.Locator("details tbody tr").CountAsync()).ShouldBe(1000);
        (await page.Locator("details tbody tr").Filter(new() { HasText = "completed" }).CountAsync()).ShouldBe(1000);
        await Pictures.TakeAsync(page, "dashboard-thousand-1400-light");
        watched.Complaints.ShouldBeEmpty();
    }

    /// <summary>Nodes of the page that are added, removed or changed when each slot does an epoch.</summary>
    private async Task<int> TouchedAsync(int shuffles)
    {
        using var program = new Program();
        using var sweep = new PacedSweep(program, shuffles, Slots);
        using var dashboard = await DashboardProcess.StartAsync(program);
        var watched = await chromium.OpenAsync(dashboard.Address);
        var page = watched.Page;
        await Assertions.Expect(page.Locator(".grid .cell")).ToHaveCountAsync(shuffles, new() { Timeout = 120_000 });
        await page.GetByText("The shuffles as a table").ClickAsync();
        // The circles are the epochs of the train curves. The first ones draw the figure of the curves; the second ones change it.
        sweep.Advance(Slots);
        await Assertions.Expect(page.Locator("#growing .canvas circle")).ToHaveCountAsync(Slots, new() { Timeout = 120_000 });
        await page.EvaluateAsync("""
            () => {
              window.touched = 0;
              new MutationObserver(records => {
                for (const record of records) {
                  const nodes = [...record.addedNodes, ...record.removedNodes];
                  window.touched += record.type === 'childList'
                    ? nodes.reduce((sum, node) => sum + 1 + (node.querySelectorAll?.('*').length ?? 0), 0)
                    : 1;
                }
              }).observe(document.getElementById('main'), { subtree: true, childList: true, attributes: true, characterData: true });
            }
            """);
        sweep.Advance(Slots);
        await Assertions.Expect(page.Locator("#growing .canvas circle")).ToHaveCountAsync(2 * Slots, new() { Timeout = 120_000 });
        return await page.EvaluateAsync<int>("() => window.touched");
    }
}
