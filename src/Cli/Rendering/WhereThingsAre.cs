using AdvFit.Sweeps.Store;
using Spectre.Console;

namespace AdvFit.Cli.Rendering;

/// <summary>Tells where a sweep's files are, and how to look at it.</summary>
internal static class WhereThingsAre
{
    public static void Write(IAnsiConsole console, string sweep, SweepStore store)
    {
        console.Write(Tables.Heading("Where things are\n"));
        console.Write(Tables.Facts(
        [
            ("files", store.FolderOf(sweep)),
            ("again", $"{Invocation.Program} results {sweep}"),
            ("as data", $"{Invocation.Program} results {sweep} --json, or --csv DIR"),
            ("how made", $"{Invocation.Program} show {sweep}"),
        ]));
    }
}
