using Microsoft.Playwright;

namespace AdvFit.Web.Tests;

/// <summary>A real browser: Chromium as the system has it, since Playwright's own would have to be downloaded.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private IPlaywright? _playwright;

    public IBrowser Browser { get; private set; } = null!;

    /// <summary>Where screenshots are kept: <c>$ADVFIT_SCREENSHOTS</c>, else beside the tests.</summary>
    public static string Screenshots { get; } = Directory.CreateDirectory(
        Environment.GetEnvironmentVariable("ADVFIT_SCREENSHOTS") is { Length: > 0 } asked
            ? asked
            : Path.Combine(AppContext.BaseDirectory, "screenshots")).FullName;

    public async Task InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Find(),
            // Containers often run as root, where Chromium refuses to start in its sandbox.
            Args = ["--no-sandbox", "--disable-gpu"],
        });
    }

    public async Task DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>Opens a page, and watches what it complains of and what it asks the network for.</summary>
    public async Task<WatchedPage> OpenAsync(string url, int width = 1400, ColorScheme theme = ColorScheme.Light)
    {
        var page = await Browser.NewPageAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = theme,
        });
        var watched = new WatchedPage(page);
        await page.GotoAsync(url);
        await page.WaitForSelectorAsync("main");
        return watched;
    }

    private static string Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists) ?? throw new FileNotFoundException(
            "The browser tests need Chromium in the PATH; install it (Debian: apt-get install chromium), or leave them out with --filter Category!=Browser.");
}

/// <summary>A page whose errors and requests are kept.</summary>
public sealed class WatchedPage
{
    private readonly List<string> _complaints = [];
    private readonly List<string> _requests = [];

    public WatchedPage(IPage page)
    {
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => _complaints.Add(error);
        page.Request += (_, request) => _requests.Add(request.Url);
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings of the console, and uncaught exceptions.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    /// <summary>What was asked for, the page itself first; data in the page is no request.</summary>
    public IEnumerable<string> Requests =>
        _requests.Where(url => !url.StartsWith("data:", StringComparison.Ordinal) && !url.StartsWith("blob:", StringComparison.Ordinal));

    /// <summary>Scrolls through the page, so that everything is drawn.</summary>
    public async Task SeeAllAsync() => await Page.EvaluateAsync("""
        async () => {
          for (let y = 0; y < document.body.scrollHeight; y += innerHeight) {
            scrollTo(0, y);
            await new Promise(requestAnimationFrame);
          }
          scrollTo(0, 0);
        }
        """);
}
