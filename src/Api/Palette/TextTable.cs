namespace AdvFit.Api.Palette;

/// <summary>Formats a table as lines of text, its columns aligned by spaces.</summary>
internal static class TextTable
{
    private const string Gap = "  ";

    /// <summary>The lines.</summary>
    /// <param name="header">The names of the columns.</param>
    /// <param name="rows">The rows, with as many cells each.</param>
    public static IEnumerable<string> Lines(string[] header, IEnumerable<string[]> rows)
    {
        List<string[]> all = [header, .. rows];
        var widths = header.Select((_, column) => all.Max(row => row[column].Length)).ToArray();
        return all.Select(row => string.Join(Gap, row.Select((word, column) => word.PadRight(widths[column]))).TrimEnd());
    }
}
