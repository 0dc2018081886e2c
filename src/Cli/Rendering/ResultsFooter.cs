using AdvFit.Sweeps.Queries;
using Spectre.Console;

namespace AdvFit.Cli.Rendering;

/// <summary>Shows where a sweep's files are, and the commands that show it again.</summary>
internal static class ResultsFooter
{
    /// <summary>Writes the section.</summary>
    /// <param name="console">The console to write to.</param>
    /// <param name="sweep">The sweep's id.</param>
    /// <param name="source">The source of the sweep.</param>
    /// <param name="option">The part of a command line that names the sweep's location.</param>
    public static void Write(IAnsiConsole console, string sweep, ISweepSource source, string option)
    {
        console.Write(Tables.Heading("Where things are\n"));
        console.Write(Tables.Facts(
        [
            ("files", source.FolderOf(sweep)),
            ("again", $"{Invocation.Program} results {sweep}{option}"),
            ("as data", "the same with --json, or with --csv DIR"),
            ("how made", $"{Invocation.Program} show {sweep}{option}"),
        ]));
    }
}
