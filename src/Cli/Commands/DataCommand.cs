using System.CommandLine;
using AdvFit.Cli.Rendering;
using AdvFit.Learning.Data;
using AdvFit.Learning.Data.Fetching;
using AdvFit.Learning.Data.Known;
using AdvFit.Learning.Data.Layouts;
using Spectre.Console;

namespace AdvFit.Cli.Commands;

/// <summary><c>advfit data</c>: the data sets that AdvFit knows by name.</summary>
internal static class DataCommand
{
    public static Command Create()
    {
        return new DocumentedCommand(
            "data", "List, fetch and check data sets.", "data list", "data fetch cifar10", "data verify mnist")
        {
            List(), Fetch(), Verify(), PathOf(),
        };
    }

    private static DocumentedCommand List()
    {
        var data = CommonOptions.Data();
        var command = new DocumentedCommand("list", "List the data sets and say which are there.", "data list") { data };
        command.SetAction(parsed =>
        {
            var folders = DatasetFolders.Locate(parsed.GetValue(data));
            var table = Tables.Create(("name", Justify.Left), ("state", Justify.Left), ("what it is", Justify.Left));
            foreach (var known in DatasetCatalog.All)
            {
                table.Add(
                    known.Name,
                    folders.Has(known) ? "there" : known.IsEmbedded ? "missing" : "not fetched",
                    known.Title);
            }

            Terminal.Out.Write(table);
            Terminal.Out.Write(new Text(
                $"Fetched ones lie in {folders.Root}. A spec may also name a folder with {DatasetLayouts.Names} files.\n"));
            return ExitCodes.Done;
        });
        return command;
    }

    private static DocumentedCommand Fetch()
    {
        var (name, data) = (Name(), CommonOptions.Data());
        var command = new DocumentedCommand(
            "fetch",
            "Download a data set from its publisher; what was cut off is resumed, and checksums are checked.",
            "data fetch cifar10",
            "data fetch mnist --data /big/disk/datasets")
        {
            name, data,
        };
        command.SetAction(async (parsed, _) =>
        {
            var (known, folder) = Find(parsed.GetRequiredValue(name), parsed.GetValue(data));
            using var fetcher = new DatasetFetcher();
            await FetchProgressLine.Follow(
                Terminal.Out, progress => fetcher.FetchAsync(known, folder, progress)).ConfigureAwait(false);
            Terminal.Out.Write(new Text($"{known.Name} is in {folder}, as published.\n"));
            return ExitCodes.Done;
        });
        return command;
    }

    private static DocumentedCommand Verify()
    {
        var (name, data) = (Name(), CommonOptions.Data());
        var command = new DocumentedCommand(
            "verify", "Check a data set's files against the published checksums.", "data verify cifar10")
        {
            name, data,
        };
        command.SetAction(parsed =>
        {
            var (known, folder) = Find(parsed.GetRequiredValue(name), parsed.GetValue(data));
            var files = DatasetVerifier.Verify(known, folder);
            foreach (var file in files)
            {
                // Not wrapped: hashes are there to be copied and searched for.
                Console.Out.WriteLine($"{file.File}: {file.Detail}");
            }

            var odd = files.Count(file => file.State != FileState.Published);
            return odd == 0
                ? ExitCodes.Done
                : throw new InputException(
                    $"{odd} of the {Format.Count(files.Count, "file")} of {known.Name} in {folder} "
                    + $"{(odd == 1 ? "is" : "are")} not as published; `{Invocation.Program} data fetch {known.Name}` mends that.");
        });
        return command;
    }

    private static DocumentedCommand PathOf()
    {
        var (name, data) = (Name(), CommonOptions.Data());
        var command = new DocumentedCommand(
            "path", "Print the folder of a data set, whether or not it is there.", "data path cifar10")
        {
            name, data,
        };
        command.SetAction(parsed =>
        {
            Console.Out.WriteLine(Find(parsed.GetRequiredValue(name), parsed.GetValue(data)).Folder);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Argument<string> Name() => new("NAME")
    {
        Description = $"One of {string.Join(", ", DatasetCatalog.All.Select(known => known.Name))}",
    };

    private static (KnownDataset Known, string Folder) Find(string name, string? dataFolder)
    {
        var known = DatasetCatalog.Get(name);
        return (known, DatasetFolders.Locate(dataFolder).FolderOf(known));
    }
}
