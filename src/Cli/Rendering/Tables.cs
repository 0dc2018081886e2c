using AdvFit.Messages.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AdvFit.Cli.Rendering;

/// <summary>Creates tables, headings and lists of one style. All text is literal, never markup.</summary>
internal static class Tables
{
    /// <summary>A table without rules, to be narrow enough for 80 columns.</summary>
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

    /// <summary>Adds a row of text.</summary>
    public static void Add(this Table table, params string[] cells) => table.AddRow(cells.Select(Literal));

    /// <summary>Begins a section: an empty line and a heading.</summary>
    public static void Section(this IAnsiConsole console, string heading)
    {
        console.WriteLine();
        console.Write(Heading(heading + "\n"));
    }

    /// <summary>A heading, with its line's end or without.</summary>
    public static Text Heading(string text) => new(
        VisibleText.Line(text.TrimEnd('\n')) + (text.EndsWith('\n') ? "\n" : ""), new Style(decoration: Decoration.Bold));

    /// <summary>Values with their names to the left, a line or more each.</summary>
    public static IRenderable Facts(IEnumerable<(string Name, string Value)> facts)
    {
        var grid = new Grid().AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(2, 0, 2, 0) })
            .AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0) });
        foreach (var (name, value) in facts)
        {
            grid.AddRow(new Text(name, new Style(decoration: Decoration.Dim)), Literal(value));
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
            grid.AddRow(new Text("-"), Literal(sentence));
        }

        return grid;
    }

    private static Text Literal(string text) => new(VisibleText.Line(text));
}
