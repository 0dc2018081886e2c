using Microsoft.Playwright;

namespace AdvFit.Web.Tests;

/// <summary>Screenshots for people to look at.</summary>
internal static class Pictures
{
    /// <summary>One of the whole page.</summary>
    public static async Task TakeAsync(IPage page, string name) => await page.ScreenshotAsync(new()
    {
        Path = Path.Combine(Chromium.Screenshots, name + ".png"),
        FullPage = true,
        Animations = ScreenshotAnimations.Disabled,
    });
}
