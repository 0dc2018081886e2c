using Spectre.Console;
using Spectre.Console.Rendering;

namespace AdvFit.Cli.Rendering;

/// <summary>The look of tables, headings and lists. All text is taken literally, never as markup.</summary>
internal static class Tables
{
    /// <summary>A table with these columns, without rules: narrow enough for 80 columns, and short.</summary>
    public static Table Create(params (string Name, Justify Side)[] columns)
    {
        var table = new Table { Border = TableBorder.None };
        foreach (var (name, side) in columns)
        {
            table.AddColumn(new TableColumn(new Text(name, new Style(decoration: Decoration.Underline)))
            {
                Alignment = side,
                Padding = new Padding(0, 0, table.Columns.Count < columns.Length - 1 ? 2 : 0, 0),
            });
        }

        return table;
    }

    /// <summary>Adds a row of words.</summary>
    public static void Add(this Table table, params string[] cells) => table.AddRow(cells.Select(cell => new Text(cell)));

    /// <summary>Begins a section.</summary>
    public static void Section(this IAnsiConsole console, string heading)
    {
        console.WriteLine();
        console.Write(Heading(heading + "\n"));
    }

    /// <summary>A line above a section.</summary>
    public static Text Heading(string text) => new(text, new Style(decoration: Decoration.Bold));

    /// <summary>Facts, a line or more each, with their names to the left.</summary>
    public static IRenderable Facts(IEnumerable<(string Name, string Value)> facts)
    {
        var grid = new Grid().AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(2, 0, 2, 0) })
            .AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0) });
        foreach (var (name, value) in facts)
        {
            grid.AddRow(new Text(name, new Style(decoration: Decoration.Dim)), new Text(value));
        }

        return grid;
    }

    /// <summary>Sentences as list items.</summary>
    public static IRenderable Sentences(IEnumerable<string> sentences)
    {
        var grid = new Grid().AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(2, 0, 1, 0) })
            .AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0) });
        foreach (var sentence in sentences)
        {
            grid.AddRow(new Text("-"), new Text(sentence));
        }

        return grid;
    }
}
