using AdvFit.Sweeps.Store;
using Spectre.Console;

namespace AdvFit.Cli.Rendering;

/// <summary>Tells where a sweep's files are, and how to look at it.</summary>
internal static class WhereThingsAre
{
    /// <param name="console">Where to write.</param>
    /// <param name="sweep">The sweep's id.</param>
    /// <param name="store">Its store.</param>
    /// <param name="storeOption">The value of <c>--store</c>; null where it is not given.</param>
    public static void Write(IAnsiConsole console, string sweep, SweepStore store, string? storeOption)
    {
        var option = Invocation.StoreOption(storeOption);
        console.Write(Tables.Heading("Where things are\n"));
        console.Write(Tables.Facts(
        [
            ("files", store.FolderOf(sweep)),
            ("again", $"{Invocation.Program} results {sweep}{option}"),
            ("as data", "the same with --json, or with --csv DIR"),
            ("how made", $"{Invocation.Program} show {sweep}{option}"),
        ]));
    }
}
