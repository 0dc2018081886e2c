using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Microsoft.Playwright;

namespace AdvFit.Web.Tests;

[Trait("Category", "Browser")]
[Collection(InTheBrowser.Name)]
public sealed class Reports_in_the_browser(Chromium chromium, SmallSweeps sweeps)
{
    public static TheoryData<int, ColorScheme> Looks => new()
    {
        { 1400, ColorScheme.Light }, { 1400, ColorScheme.Dark }, { 400, ColorScheme.Light }, { 400, ColorScheme.Dark },
    };

    [Fact]
    public async Task A_report_opens_from_a_file_without_complaint_and_asks_for_nothing_else()
    {
        foreach (var url in new[] { sweeps.Report, sweeps.Comparison })
        {
            var watched = await chromium.OpenAsync(url);
            await watched.SeeAllAsync();
            watched.Complaints.ShouldBeEmpty();
            watched.Requests.ShouldBe([url]);
            await watched.Page.CloseAsync();
        }
    }

    [Fact]
    public async Task The_results_in_the_page_are_those_of_the_terminal()
    {
        var watched = await chromium.OpenAsync(sweeps.Report);
        var embedded = await watched.Page.EvaluateAsync<string>(
            "() => JSON.stringify(JSON.parse(document.getElementById('report').textContent).sweeps[0].results)");
        JsonNode.DeepEquals(JsonNode.Parse(embedded), JsonNode.Parse(sweeps.Program.Run("results", sweeps.Sweep, "--json")))
            .ShouldBeTrue();
    }

    [Fact]
    public async Task The_numbers_in_the_tables_are_those_of_the_terminal()
    {
        using var results = JsonDocument.Parse(sweeps.Program.Run("results", sweeps.Sweep, "--json"));
        var watched = await chromium.OpenAsync(sweeps.Report);
        foreach (var subset in results.RootElement.GetProperty("subsets").EnumerateArray())
        {
            var row = await PageTables.RowAsync(watched.Page, "Change of accuracy from M", subset.GetProperty("subset").GetString()!);
            var deltas = subset.GetProperty("deltas");
            row[0].ShouldBe(deltas.GetProperty("count").GetDouble());
            row[4..].ShouldBe(
            [
                ResultsJson.Number(deltas, "mean"), ResultsJson.Number(deltas, "meanInterval", "lower"), ResultsJson.Number(deltas, "meanInterval", "upper"),
                ResultsJson.Number(deltas, "minimum"), ResultsJson.Number(deltas, "median"), ResultsJson.Number(deltas, "maximum"),
            ]);
        }

        foreach (var test in results.RootElement.GetProperty("comparisons").EnumerateArray())
        {
            var name = $"{test.GetProperty("attack").GetString()} – {test.GetProperty("against").GetString()}";
            (await PageTables.RowAsync(watched.Page, "Welch’s test", name)).ShouldBe(
            [
                ResultsJson.Number(test, "welch", "difference"), ResultsJson.Number(test, "welch", "differenceInterval", "lower"),
                ResultsJson.Number(test, "welch", "differenceInterval", "upper"), ResultsJson.Number(test, "welch", "statistic"),
                ResultsJson.Number(test, "welch", "degreesOfFreedom"), ResultsJson.Number(test, "welch", "pValue"), ResultsJson.Number(test, "welchHolm"),
                ResultsJson.Number(test, "hedgesG"),
            ]);
            (await PageTables.RowAsync(watched.Page, "The paired t-test", name)).ShouldBe(
            [
                ResultsJson.Number(test, "paired", "pairs"), ResultsJson.Number(test, "paired", "meanDifference"),
                ResultsJson.Number(test, "paired", "differenceInterval", "lower"), ResultsJson.Number(test, "paired", "differenceInterval", "upper"),
                ResultsJson.Number(test, "paired", "statistic"), ResultsJson.Number(test, "paired", "degreesOfFreedom"), ResultsJson.Number(test, "paired", "pValue"),
                ResultsJson.Number(test, "pairedHolm"), ResultsJson.Number(test, "cohensDz"),
            ]);
        }
    }

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Both_reports_are_accessible_and_fit_the_width_in_every_look(int width, ColorScheme theme)
    {
        foreach (var (name, url) in new[] { ("report", sweeps.Report), ("comparison", sweeps.Comparison) })
        {
            var watched = await chromium.OpenAsync(url, width, theme);
            await watched.SeeAllAsync();
            await Pictures.TakeAsync(watched.Page, $"{name}-{width}-{theme.ToString().ToLowerInvariant()}");
            (await watched.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
            (await Axe.ViolationsAsync(watched.Page)).ShouldBeEmpty();
            await watched.Page.CloseAsync();
        }
    }

    [Fact]
    public async Task Every_figure_can_be_saved_as_data_and_as_a_picture_that_stands_alone()
    {
        var watched = await chromium.OpenAsync(sweeps.Comparison);
        var figures = await watched.Page.Locator("figure").AllAsync();
        figures.Count.ShouldBe(6);
        foreach (var figure in figures)
        {
            var csv = await File.ReadAllLinesAsync(await SaveAsync(watched.Page, figure, "CSV"));
            await figure.Locator("summary").ClickAsync();
            await Assertions.Expect(figure.Locator("tbody tr")).ToHaveCountAsync(csv.Length - 1);
            var svg = XDocument.Parse(await File.ReadAllTextAsync(await SaveAsync(watched.Page, figure, "SVG")));
            svg.Root!.Name.LocalName.ShouldBe("svg");
            svg.ToString().ShouldNotContain("var(");
            svg.ToString().ShouldContain(sweeps.Other);
            (await File.ReadAllBytesAsync(await SaveAsync(watched.Page, figure, "PNG"))).Take(4).ShouldBe([0x89, (byte)'P', (byte)'N', (byte)'G']);
        }

        watched.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_comparison_shows_both_sweeps_in_every_figure_and_marks_what_differs()
    {
        var watched = await chromium.OpenAsync(sweeps.Comparison);
        await watched.SeeAllAsync();
        foreach (var figure in await watched.Page.Locator("figure").AllAsync())
        {
            (await figure.Locator(".canvas svg").CountAsync()).ShouldBe(2);
        }

        var differing = await watched.Page.Locator("tr.differs th").AllInnerTextsAsync();
        differing.ShouldBe(["training (differs)", "seed (differs)"]);
    }

    [Fact]
    public async Task The_gallery_tells_of_every_picture_what_it_shows()
    {
        var watched = await chromium.OpenAsync(sweeps.Report);
        var pictures = watched.Page.Locator(".gallery img");
        (await pictures.CountAsync()).ShouldBeGreaterThan(10);
        foreach (var picture in await pictures.AllAsync())
        {
            (await picture.GetAttributeAsync("alt")).ShouldNotBeNullOrWhiteSpace();
            (await picture.EvaluateAsync<int>("image => image.naturalWidth")).ShouldBe(28);
        }
    }

    [Fact]
    public async Task Photographs_are_shown_as_the_network_sees_them_with_how_they_were_made()
    {
        using var program = new Program();
        await File.WriteAllTextAsync(Path.Combine(program.Folder, "photos.yaml"), """
            name: photos
            dataset: drawn-shapes
            preprocess: { size: 75, crop: 0.9 }
            test_size: 60
            network: lenet5
            training: { epochs: 10, learning_rate: 0.001 }
            attacks: [fgsm]
            shuffles: 1
            seed: 1
            """);
        program.Run("run", "photos.yaml", "--plain");
        program.Run("report", "-o", "photos.html");

        var watched = await chromium.OpenAsync(new Uri(Path.Combine(program.Folder, "photos.html")).AbsoluteUri);
        await Assertions.Expect(watched.Page.GetByText(
            "340 train + 60 test images; the test split is not of the published size; photographs resized (triangle) to squares of 75 pixels, "
            + "90% of the shorter side")).ToBeVisibleAsync();
        (await watched.Page.Locator(".gallery img").First.EvaluateAsync<int>("image => image.naturalWidth")).ShouldBe(75);
    }

    [Fact]
    public async Task Images_that_were_given_up_are_said_to_be_and_no_damage()
    {
        using var program = new Program();
        await File.WriteAllTextAsync(Path.Combine(program.Folder, "frugal.yaml"), """
            name: frugal
            dataset: fashion-mnist-mini
            subsample: { train: 500, test: 100 }
            network: lenet5
            training: { epochs: 2 }
            attacks: [fgsm]
            shuffles: 2
            seed: 1
            keep: { adversarial: none }
            """);
        program.Run("run", "frugal.yaml", "--plain");
        program.Run("gc", "--yes");
        program.Run("report", "-o", "frugal.html");

        var watched = await chromium.OpenAsync(new Uri(Path.Combine(program.Folder, "frugal.html")).AbsoluteUri);
        await Assertions.Expect(watched.Page.GetByText("The adversarial images were given up")).ToBeVisibleAsync();
        await Assertions.Expect(watched.Page.GetByText("damaged")).ToHaveCountAsync(0);
        await Assertions.Expect(watched.Page.Locator("#norms-epoch .canvas svg")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_keyboard_reaches_the_content_at_once_and_every_figure()
    {
        var watched = await chromium.OpenAsync(sweeps.Report);
        await watched.Page.Keyboard.PressAsync("Tab");
        await watched.Page.Keyboard.PressAsync("Enter");
        (await Focused(watched.Page)).ShouldBe("main");
        var reached = new HashSet<string>();
        for (var i = 0; i < 200; i++)
        {
            await watched.Page.Keyboard.PressAsync("Tab");
            reached.Add(await watched.Page.EvaluateAsync<string>("() => document.activeElement.closest('figure')?.id ?? ''"));
        }

        reached.ShouldContain("accuracy-epoch");
        reached.ShouldContain("norms-epoch");
    }

    [Fact]
    public async Task The_theme_can_be_switched()
    {
        var watched = await chromium.OpenAsync(sweeps.Report);
        var before = await Background(watched.Page);
        await watched.Page.GetByRole(AriaRole.Button, new() { Name = "Use dark colours" }).ClickAsync();
        (await Background(watched.Page)).ShouldNotBe(before);
        await watched.Page.GetByRole(AriaRole.Button, new() { Name = "Use light colours" }).ClickAsync();
        (await Background(watched.Page)).ShouldBe(before);
    }

    private static async Task<string> Focused(IPage page) => await page.EvaluateAsync<string>("() => document.activeElement.id");

    private static async Task<string> Background(IPage page) =>
        await page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");

    private static async Task<string> SaveAsync(IPage page, ILocator figure, string kind) => await (await page.RunAndWaitForDownloadAsync(
        () => figure.GetByRole(AriaRole.Button, new() { NameRegex = new($" as {kind}$") }).ClickAsync())).PathAsync();
}
