using System.Text.Json;
using Microsoft.Playwright;

namespace AdvFit.Web.Tests;

[Trait("Category", "Browser")]
[Collection(InTheBrowser.Name)]
public sealed class Knn_reports_in_the_browser(Chromium chromium, SmallSweeps sweeps) : IDisposable
{
    private readonly JsonDocument _results = JsonDocument.Parse(sweeps.Program.Run("results", sweeps.Knn, "--json"));

    private JsonElement Results => _results.RootElement;

    public void Dispose() => _results.Dispose();

    [Theory]
    [InlineData("train-and-test", true)]
    [InlineData("accuracy-k", false)]
    public async Task The_curves_by_K_are_those_of_the_terminal(string figure, bool onlyTrainAndTest)
    {
        var watched = await chromium.OpenAsync(sweeps.KnnReport);
        await OpenTableAsync(watched.Page, figure);
        var rows = await PageTables.RowsAsync(watched.Page, "Mean accuracy over shuffles by K");

        var subsets = Results.GetProperty("subsets").EnumerateArray()
            .Where(subset => !onlyTrainAndTest || subset.GetProperty("subset").GetString() is "train" or "test").ToList();
        var levels = Results.GetProperty("levels").EnumerateArray().Select(level => level.GetInt32()).ToList();
        levels.ShouldBe([7, 5, 3, 1]);
        var expected = levels.SelectMany((_, i) => subsets.Select(subset => ResultsJson.Numbers(
            subset.GetProperty("meanCurve")[i], ["shuffles"], ["mean"], ["interval", "lower"], ["interval", "upper"]))).ToList();
        rows.Length.ShouldBe(expected.Count);
        rows.Zip(expected).ShouldAllBe(pair => pair.First.Numbers.SequenceEqual(pair.Second));
        (await watched.Page.Locator($"#{figure} .canvas svg").CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task The_slopes_and_their_tests_are_those_of_the_terminal()
    {
        var watched = await chromium.OpenAsync(sweeps.KnnReport);
        var knn = Results.GetProperty("knn");

        await SameAsync(
            "Slopes Sj", knn.GetProperty("slopes"), slope => slope.GetProperty("subset").GetString()!,
            ["j"], ["finite"], ["infinite"], ["undefined"], ["values", "mean"], ["values", "meanInterval", "lower"],
            ["values", "meanInterval", "upper"], ["values", "median"]);
        await SameAsync(
            "Welch’s test of the slopes", knn.GetProperty("slopeComparisons"), NameOf,
            ["welch", "difference"], ["welch", "differenceInterval", "lower"], ["welch", "differenceInterval", "upper"],
            ["welch", "statistic"], ["welch", "degreesOfFreedom"], ["welch", "pValue"], ["welchHolm"], ["hedgesG"]);
        await SameAsync(
            "The paired t-test of the same slopes", knn.GetProperty("slopeComparisons"), NameOf,
            ["paired", "pairs"], ["paired", "meanDifference"], ["paired", "differenceInterval", "lower"],
            ["paired", "differenceInterval", "upper"], ["paired", "statistic"], ["paired", "degreesOfFreedom"], ["paired", "pValue"],
            ["pairedHolm"], ["cohensDz"]);
        await SameAsync(
            "How many samples each step left", knn.GetProperty("filters"), filter => filter.GetProperty("attack").GetString()!,
            ["testSamples"], ["knnCorrect"], ["bothCorrect"], ["attempted"], ["fooledNetwork"], ["fooledKnn"], ["keptShare"],
            ["l2", "meanOfMeans"], ["l2", "meanOfMedians"]);

        // The figure of p-values shows what its table says.
        await OpenTableAsync(watched.Page, "p-values-of-slopes");
        await SameAsync(
            "p-values", knn.GetProperty("slopeComparisons"), NameOf,
            ["welch", "pValue"], ["welchHolm"], ["paired", "pValue"], ["pairedHolm"]);
        watched.Complaints.ShouldBeEmpty();

        async Task SameAsync(string caption, JsonElement expected, Func<JsonElement, string> name, params string[][] numbers)
        {
            var rows = await PageTables.RowsAsync(watched.Page, caption);
            expected.GetArrayLength().ShouldBeGreaterThan(0);
            rows.Select(row => row.Heading).ShouldBe(expected.EnumerateArray().Select(name));
            rows.Zip(expected.EnumerateArray()).ShouldAllBe(pair =>
                pair.First.Numbers.SequenceEqual(ResultsJson.Numbers(pair.Second, numbers)));
        }

        static string NameOf(JsonElement test) =>
            $"S{test.GetProperty("j").GetInt32()} {test.GetProperty("attack").GetString()} – {test.GetProperty("against").GetString()}";
    }

    [Theory]
    [MemberData(nameof(Reports_in_the_browser.Looks), MemberType = typeof(Reports_in_the_browser))]
    public async Task It_is_accessible_and_fits_the_width_in_every_look(int width, ColorScheme theme)
    {
        var watched = await chromium.OpenAsync(sweeps.KnnReport, width, theme);
        await watched.SeeAllAsync();
        await Pictures.TakeAsync(watched.Page, $"report-knn-{width}-{theme.ToString().ToLowerInvariant()}");
        (await watched.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
        (await Axe.ViolationsAsync(watched.Page)).ShouldBeEmpty();
        watched.Complaints.ShouldBeEmpty();
        watched.Requests.ShouldBe([sweeps.KnnReport]);
    }

    private static async Task OpenTableAsync(IPage page, string figure)
    {
        await page.Locator($"#{figure} summary").ClickAsync();
        await Assertions.Expect(page.Locator($"#{figure} table")).ToBeVisibleAsync();
    }
}
