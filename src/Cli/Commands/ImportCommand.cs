using System.CommandLine;
using AdvFit.Cli.Rendering;
using AdvFit.Sweeps.Archive;
using AdvFit.Sweeps.Store;
using Spectre.Console;

namespace AdvFit.Cli.Commands;

/// <summary><c>advfit import</c>: a sweep from one file.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var archive = new Argument<string>("FILE") { Description = "An archive that `advfit export` wrote" };
        var store = CommonOptions.Store();
        var command = new DocumentedCommand(
            "import",
            "Bring a sweep from an archive into the store; all of the archive is checked first. A sweep that is there is only ever continued.",
            "import quickstart.advfit",
            "import quickstart.advfit --store /big/disk")
        {
            archive, store,
        };
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(archive);
            if (!File.Exists(path))
            {
                throw new InputException($"There is no archive {path}; `{Invocation.Program} export` writes one.");
            }

            var place = SweepLocation.Of(parsed, store);
            var report = place.IsRemote ? Upload(place, path) : Read(place, path);
            Terminal.Out.Write(new Text(report is { Events: 0, Files: 0 }
                ? $"{report.Sweep} is here already, with every event and file.\n"
                : $"{report.Sweep} is imported: {Format.Count(report.Events, "event")}, {Format.Count(report.Files, "file")}.\n"));
            Console.Out.WriteLine($"  {Invocation.Program} show {report.Sweep}{place.Option}");
            return ExitCodes.Done;
        });
        return command;
    }

    private static ImportReport Read(SweepLocation place, string path)
    {
        using var store = SweepStore.OpenForWriting(place.Folder, TimeProvider.System.GetUtcNow());
        return SweepImport.Read(store, path);
    }

    private static ImportReport Upload(SweepLocation place, string path)
    {
        using var source = place.Connect();
        return source.Control.Import(path);
    }
}
