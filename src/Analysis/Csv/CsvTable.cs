using System.Globalization;
using System.Text;

namespace AdvFit.Analysis.Csv;

/// <summary>A table as RFC 4180 has it: CRLF after every row, quotes where a field needs them.</summary>
internal sealed class CsvTable
{
    private readonly StringBuilder text = new();
    private readonly int columns;

    internal CsvTable(params string[] header)
    {
        columns = header.Length;
        Add([.. header]);
    }

    /// <summary>One field per column; null is an empty field.</summary>
    /// <exception cref="ArgumentException">The number of fields is not that of the columns.</exception>
    internal void Add(params object?[] fields)
    {
        if (fields.Length != columns)
        {
            throw new ArgumentException($"The table has {columns} columns, the row {fields.Length} fields.");
        }

        text.AppendJoin(',', fields.Select(Field)).Append("\r\n");
    }

    /// <summary>Writes the table in UTF-8, replacing the file that is there.</summary>
    internal void WriteTo(string directory, string name) =>
        File.WriteAllBytes(Path.Combine(directory, name), Encoding.UTF8.GetBytes(text.ToString()));

    private static string Field(object? value)
    {
        string field = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        return field.AsSpan().IndexOfAny(",\"\r\n") < 0
            ? field
            : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
