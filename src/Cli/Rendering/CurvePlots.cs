using AdvFit.Analysis;
using Spectre.Console;

namespace AdvFit.Cli.Rendering;

/// <summary>Shows the mean accuracy curves of a sweep, side by side where there is room.</summary>
internal static class CurvePlots
{
    private const int Gap = 2;
    private const int NarrowestPair = 64;

    public static void Write(IAnsiConsole console, SweepResults results)
    {
        var width = console.Profile.Width;
        var across = width >= NarrowestPair ? 2 : 1;
        var each = (width - (across - 1) * Gap) / across;
        int[] references = [.. results.Shuffles.Select(shuffle => shuffle.ReferenceLevel).Distinct()];
        foreach (var row in results.Subsets.Chunk(across))
        {
            var plots = row.Select(subset => CurvePlot.Draw(
                subset.Subset, results.Levels,
                [.. subset.MeanCurve.Select(point => point.Mean.HasValue ? point.Mean.Value : (double?)null)],
                references, each)).ToList();
            for (var line = 0; line < plots[0].Count; line++)
            {
                console.Write(new Text(
                    string.Join(new string(' ', Gap), plots.Select(plot => plot[line])).TrimEnd() + "\n"));
            }
        }
    }
}
