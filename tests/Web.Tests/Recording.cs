using Microsoft.Playwright;

namespace AdvFit.Web.Tests;

/// <summary>A dashboard open in every look at once, with pictures of each at moments of a sweep.</summary>
internal sealed class Recording : IAsyncDisposable
{
    private readonly string _name;
    private readonly List<(string Look, WatchedPage Watched)> _pages = [];

    private Recording(string name) => _name = name;

    /// <summary>The pages: wide and light first, then dark, then the same narrow.</summary>
    public IReadOnlyList<IPage> Pages => [.. _pages.Select(each => each.Watched.Page)];

    /// <summary>What any page complained of.</summary>
    public IEnumerable<string> Complaints => _pages.SelectMany(each => each.Watched.Complaints);

    /// <summary>What any page asked for.</summary>
    public IEnumerable<string> Requests => _pages.SelectMany(each => each.Watched.Requests);

    /// <summary>Opens the pages.</summary>
    /// <param name="name">With which the names of the pictures begin.</param>
    public static async Task<Recording> StartAsync(Chromium chromium, string url, string name)
    {
        var recording = new Recording(name);
        foreach (var width in new[] { 1400, 400 })
        {
            foreach (var theme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                recording._pages.Add(($"{width}-{theme.ToString().ToLowerInvariant()}", await chromium.OpenAsync(url, width, theme)));
            }
        }

        return recording;
    }

    /// <summary>Waits until every page says how the sweep stands and shows something. Loaded machines are slow: it waits long.</summary>
    public async Task ShowsAsync(string status, Func<IPage, ILocator> something)
    {
        foreach (var page in Pages)
        {
            await Assertions.Expect(page.Locator("#sweep")).ToContainTextAsync(status, new() { Timeout = 240_000 });
            await Assertions.Expect(something(page)).ToBeVisibleAsync(new() { Timeout = 240_000 });
        }
    }

    /// <summary>Takes a picture of every page.</summary>
    public async Task TakeAsync(string moment)
    {
        foreach (var (look, watched) in _pages)
        {
            await Pictures.TakeAsync(watched.Page, $"{_name}-{moment}-{look}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var page in Pages)
        {
            await page.CloseAsync();
        }
    }
}
