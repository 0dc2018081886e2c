using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;

namespace AdvFit.Reporting;

/// <summary>A report as one HTML file: the web app with the report's data inside, which loads nothing else.</summary>
public static class ReportPage
{
    private const string DataStart = "<script type=\"application/json\" id=\"report\">";
    private const string DataEnd = "</script>";
    private const string Title = "<title>AdvFit</title>";

    /// <summary>Puts the data of a report into the app.</summary>
    /// <param name="app">The app's HTML as it was built.</param>
    /// <param name="report">The data.</param>
    /// <returns>The file, in UTF-8.</returns>
    /// <exception cref="InvalidDataException">The app has no place for data, so it is of another version.</exception>
    public static byte[] Fill(string app, Report report)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(report);
        var start = app.IndexOf(DataStart, StringComparison.Ordinal);
        var end = start < 0 ? -1 : app.IndexOf(DataEnd, start, StringComparison.Ordinal);
        if (end < 0 || !app.Contains(Title, StringComparison.Ordinal))
        {
            throw new InvalidDataException("The web app is not of this version; build it again with `npm run build` in src/Web.");
        }

        var names = HtmlEncoder.Default.Encode(string.Join(" and ", report.Sweeps.Select(sweep => sweep.Id)));
        var page = new ArrayBufferWriter<byte>();
        Encoding.UTF8.GetBytes(app.AsSpan(0, start + DataStart.Length).ToString().Replace(Title, $"<title>{names}: AdvFit report</title>", StringComparison.Ordinal), page);
        page.Write(ReportJson.Write(report));
        Encoding.UTF8.GetBytes(app.AsSpan(end), page);
        return page.WrittenSpan.ToArray();
    }
}
