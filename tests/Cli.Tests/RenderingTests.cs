using AdvFit.Cli.Rendering;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace AdvFit.Cli.Tests;

public sealed class RenderingTests
{
    [Fact]
    public void A_line_from_corner_to_corner_sets_a_dot_in_every_column()
    {
        var canvas = new BrailleCanvas(columns: 2, rows: 1);
        canvas.Line(0, 3, 3, 0);
        canvas.Row(0).ShouldBe("⡠⠊");
    }

    [Property]
    public bool A_plot_is_as_wide_as_asked_whatever_the_curve(int[] counts, byte extra)
    {
        double?[] means = [.. counts.Append(1).Select(count => count % 5 == 0 ? (double?)null : Math.Abs((double)count) % 100 / 100)];
        int[] levels = [.. Enumerable.Range(1, means.Length)];
        var width = CurvePlot.Margin + 6 + extra;
        return CurvePlot.Draw("a title that may be too long", levels, means, [levels[^1], levels[0]], width)
            .All(line => line.Length == width);
    }

    [Fact]
    public void A_plot_marks_M_under_its_epoch_and_labels_the_ends()
    {
        var lines = CurvePlot.Draw("test", [1, 2, 3], [0.80, 0.86, 0.83], [2], CurvePlot.Margin + 11);
        lines[0].Trim().ShouldBe("test");
        lines[1].ShouldStartWith("  86%┤");
        lines[5].ShouldStartWith("  80%┤");
        lines[6].ShouldBe("     └─────^─────");
        lines[7].Trim().ShouldBe("1         3");
    }

    [Theory]
    [InlineData(59.6, "1:00")]
    [InlineData(3599, "59:59")]
    [InlineData(3600, "1:00:00")]
    [InlineData(90_000, "25:00:00")]
    public void Clocks_show_hours_only_where_there_are_any(double seconds, string shown) =>
        Format.Clock(TimeSpan.FromSeconds(seconds)).ShouldBe(shown);

    [Theory]
    [InlineData("sweeps/quickstart.yaml", "sweeps/quickstart.yaml")]
    [InlineData("my specs/a.yaml", "'my specs/a.yaml'")]
    [InlineData("it's", "'it'\\''s'")]
    [InlineData("", "''")]
    public void Words_are_quoted_as_a_shell_reads_them(string word, string quoted) =>
        Invocation.Quote(word).ShouldBe(quoted);
}
