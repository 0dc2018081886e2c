using System.Globalization;

namespace AdvFit.Cli.Rendering;

/// <summary>Draws an accuracy curve as lines of text.</summary>
internal static class CurvePlot
{
    /// <summary>Columns left of the curve: a label and the axis.</summary>
    public const int Margin = 6;

    private const int Rows = 5;

    /// <summary>Steps, in percentage points, that the ends of the vertical axis may be multiples of.</summary>
    private static readonly int[] Steps = [1, 2, 5, 10, 20];

    /// <summary>Lines of equal length: the title, the curve, the axis with a mark at every M, the axis's ends.</summary>
    /// <param name="title">Shortened if it is too long.</param>
    /// <param name="levels">The fit levels, ascending.</param>
    /// <param name="means">Mean accuracy in [0, 1] at each level; null where there is none.</param>
    /// <param name="references">The levels to mark.</param>
    /// <param name="width">Columns, more than <see cref="Margin"/>.</param>
    public static IReadOnlyList<string> Draw(
        string title, IReadOnlyList<int> levels, IReadOnlyList<double?> means, IReadOnlyCollection<int> references, int width)
    {
        var canvas = new BrailleCanvas(width - Margin, Rows);
        var (low, high) = Range([.. means.OfType<double>()]);
        int? lastX = null;
        var lastY = 0;
        for (var i = 0; i < levels.Count; i++)
        {
            if (means[i] is not { } mean)
            {
                lastX = null;
                continue;
            }

            var (x, y) = (X(levels[i]), (int)Math.Round((high - 100 * mean) / (high - low) * (canvas.Height - 1)));
            canvas.Line(lastX ?? x, lastX is null ? y : lastY, x, y);
            (lastX, lastY) = (x, y);
        }

        var axis = new string('─', width - Margin).ToCharArray();
        foreach (var reference in references)
        {
            axis[X(reference) / 2] = '^';
        }

        var (first, last) = (Label(levels[0]), Label(levels[^1]));
        return
        [
            new string(' ', Margin) + Fit(title, width - Margin),
            .. Enumerable.Range(0, Rows).Select(row => RowLabel(row, low, high) + canvas.Row(row)),
            new string(' ', Margin - 1) + "└" + new string(axis),
            new string(' ', Margin) + first + last.PadLeft(width - Margin - first.Length),
        ];

        int X(int level) => levels[^1] == levels[0]
            ? 0
            : (int)Math.Round((double)(level - levels[0]) / (levels[^1] - levels[0]) * (canvas.Width - 1));
    }

    private static string RowLabel(int row, int low, int high) => row switch
    {
        0 => $"{Label(high),Margin - 2}%┤",
        Rows - 1 => $"{Label(low),Margin - 2}%┤",
        _ => new string(' ', Margin - 1) + "│",
    };

    /// <summary>Ends of the vertical axis in percent: round numbers around the means, at least 5 points apart.</summary>
    private static (int Low, int High) Range(double[] means)
    {
        if (means.Length == 0)
        {
            return (0, 100);
        }

        var (least, most) = (100 * means.Min(), 100 * means.Max());
        var step = Steps.First(step => step >= Math.Min(Steps[^1], (most - least) / 5));
        var low = (int)Math.Floor(least / step) * step;
        var high = Math.Max(low + 5, (int)Math.Ceiling(most / step) * step);
        return high <= 100 ? (low, high) : (Math.Min(low, 95), 100);
    }

    private static string Fit(string text, int width) =>
        text.Length <= width ? text.PadRight(width) : text[..(width - 1)] + "…";

    private static string Label(int number) => number.ToString(CultureInfo.InvariantCulture);
}
