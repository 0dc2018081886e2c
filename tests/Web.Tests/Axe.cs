using Microsoft.Playwright;

namespace AdvFit.Web.Tests;

/// <summary>Deque's axe-core: what can be told of WCAG 2.2 AA without a person.</summary>
internal static class Axe
{
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "axe.min.js");

    /// <summary>Each violation with the elements that it is about.</summary>
    public static async Task<string[]> ViolationsAsync(IPage page)
    {
        // Run from outside of the page, whose policy rightly forbids scripts that are not its own.
        await page.EvaluateAsync(await File.ReadAllTextAsync(Script));
        return await page.EvaluateAsync<string[]>("""
            async () => (await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }))
              .violations.map(each => `${each.id}: ${each.help}; ${each.nodes.slice(0, 5).map(node => `${node.target} ${node.html.slice(0, 160)} ${node.failureSummary}`).join(' | ')}`)
            """);
    }
}
