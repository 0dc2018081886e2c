using System.Globalization;
using System.Text.Json;
using AdvFit.Analysis.Comparisons;
using AdvFit.Analysis.Statistics;

namespace AdvFit.Analysis.Findings;

/// <summary>Numbers and lists as they stand in a sentence, in the invariant culture.</summary>
internal static class SentenceFormat
{
    /// <summary>A share in [0, 1] as a percentage: 85.3%.</summary>
    internal static string Percent(double share) => Text(100 * share, "0.0") + "%";

    /// <summary>A difference of shares in percentage points, signed: +12.3; two decimals below 1 point.</summary>
    internal static string Signed(double difference)
    {
        double points = 100 * difference;
        string size = Text(Math.Abs(points), Math.Abs(points) < 1 ? "0.00" : "0.0");
        return difference switch
        {
            0 => "0",
            < 0 => $"-{size}",
            _ => $"+{size}",
        };
    }

    /// <summary>A ratio such as a slope: 1.234.</summary>
    internal static string Ratio(double value) => Text(value, "0.000");

    /// <summary>A difference of ratios, signed: +0.123.</summary>
    internal static string SignedRatio(double difference) => Text(difference, "+0.000;-0.000;0.000");

    /// <summary>95% CI +1.2 to +3.4; or why there is none.</summary>
    internal static string Ci(ValueOrReason<Interval> interval) => interval.HasValue
        ? Ci(interval.Value)
        : $"no confidence interval: {interval.Reason}";

    internal static string Ci(Interval interval) =>
        $"95% CI {Signed(interval.Lower)} to {Signed(interval.Upper)}";

    /// <summary>A p-value with as many digits as it takes to see on which side of 0.05 it lies.</summary>
    internal static string P(double p)
    {
        if (p < 1e-300)
        {
            return "1e-300 or less";
        }

        if (p < 0.001)
        {
            return Text(p, "0.0e-0");
        }

        for (int digits = 2; ; digits++)
        {
            string text = p.ToString("G" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            double shown = double.Parse(text, CultureInfo.InvariantCulture);
            if (shown < ComparisonFamily.Alpha == p < ComparisonFamily.Alpha)
            {
                return text;
            }
        }
    }

    /// <summary>A number with three significant digits.</summary>
    internal static string Number(double value) => value.ToString("G3", CultureInfo.InvariantCulture);

    /// <summary>a, b and c.</summary>
    internal static string List(IReadOnlyList<string> items) => items.Count switch
    {
        0 => "none",
        1 => items[0],
        _ => string.Join(", ", items.Take(items.Count - 1)) + " and " + items[^1],
    };

    /// <summary>1, 2 and 4.</summary>
    internal static string List(IEnumerable<int> numbers) => List([.. numbers.Select(Count)]);

    /// <summary>1 shuffle, 2 shuffles.</summary>
    internal static string Shuffles(int count) => Count(count) + (count == 1 ? " shuffle" : " shuffles");

    internal static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);

    /// <summary>The name of a topic or verdict in the files: <c>notShown</c>.</summary>
    internal static string Name(Enum value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
