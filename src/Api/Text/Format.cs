using System.Globalization;

namespace AdvFit.Api.Text;

/// <summary>Formats numbers and lists for people, in the invariant culture.</summary>
public static class Format
{
    /// <summary>12,345.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>1 shuffle, 2 shuffles.</summary>
    public static string Count(long count, string noun) => $"{Count(count)} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>A share in [0, 1] as 84.2%.</summary>
    public static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + "%";

    /// <summary>A difference of shares in percentage points: +12.3 or -0.4.</summary>
    public static string Points(double difference) =>
        (100 * difference).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture);

    /// <summary>A ratio such as a slope: 1.234.</summary>
    public static string Ratio(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>A difference of ratios: +0.123.</summary>
    public static string RatioChange(double difference) =>
        difference.ToString("+0.000;-0.000;0.000", CultureInfo.InvariantCulture);

    /// <summary>Three significant digits, without an exponent where that is short.</summary>
    public static string Number(double value) => Math.Abs(value) is >= 1000 and < 1e7
        ? value.ToString("N0", CultureInfo.InvariantCulture)
        : value.ToString("G3", CultureInfo.InvariantCulture);

    /// <summary>A p-value: 0.012, or 4.8e-4 below 0.001.</summary>
    public static string PValue(double p) => p switch
    {
        < 1e-99 => "<1e-99",
        < 0.001 => p.ToString("0.0e-0", CultureInfo.InvariantCulture),
        _ => p.ToString("0.000", CultureInfo.InvariantCulture),
    };

    /// <summary>0:07, 12:34 or 1:02:03.</summary>
    public static string Clock(TimeSpan time)
    {
        var seconds = (long)Math.Round(time.TotalSeconds);
        return seconds < 3600
            ? string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}:{seconds % 60:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600}:{seconds / 60 % 60:00}:{seconds % 60:00}");
    }

    /// <summary>1.9 s, 12 min or 3.4 h.</summary>
    public static string Duration(double seconds) => seconds switch
    {
        < 9.95 => seconds.ToString("0.0", CultureInfo.InvariantCulture) + " s",
        < 120 => seconds.ToString("0", CultureInfo.InvariantCulture) + " s",
        < 7200 => (seconds / 60).ToString("0", CultureInfo.InvariantCulture) + " min",
        _ => (seconds / 3600).ToString("0.0", CultureInfo.InvariantCulture) + " h",
    };

    /// <summary>512 bytes, 3.4 MB; decimal units, as disks have.</summary>
    public static string Bytes(double bytes) => bytes switch
    {
        < 1e3 => Count((long)bytes, "byte"),
        < 1e6 => (bytes / 1e3).ToString("0.0", CultureInfo.InvariantCulture) + " kB",
        < 1e9 => (bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture) + " MB",
        _ => (bytes / 1e9).ToString("0.0", CultureInfo.InvariantCulture) + " GB",
    };

    /// <summary>2026-01-31 12:34 UTC.</summary>
    public static string Time(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";

    /// <summary>a, b and c.</summary>
    public static string List(IReadOnlyList<string> items) => items.Count switch
    {
        0 => "none",
        1 => items[0],
        _ => string.Join(", ", items.Take(items.Count - 1)) + " and " + items[^1],
    };

    /// <summary>5, or 5 to 9.</summary>
    public static string Range(int least, int most) => least == most
        ? Count(least)
        : $"{Count(least)} to {Count(most)}";
}
