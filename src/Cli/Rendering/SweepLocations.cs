using AdvFit.Sweeps.Queries;
using Spectre.Console;

namespace AdvFit.Cli.Rendering;

/// <summary>Tells where a sweep's files are, and how to look at it.</summary>
internal static class SweepLocations
{
    /// <param name="console">Where to write.</param>
    /// <param name="sweep">The sweep's id.</param>
    /// <param name="source">Where it is.</param>
    /// <param name="option">What to add to a command to have it look there.</param>
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
