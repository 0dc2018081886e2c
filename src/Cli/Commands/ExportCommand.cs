using System.CommandLine;
using AdvFit.Cli.Models;
using AdvFit.Cli.Rendering;
using AdvFit.Sweeps.Archive;
using AdvFit.Sweeps.Store;
using Spectre.Console;

namespace AdvFit.Cli.Commands;

/// <summary><c>advfit export</c>: a sweep as one file.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var (sweep, store) = (CommonOptions.Sweep(), CommonOptions.Store());
        var output = new Option<string>("--output", "-o")
        {
            Description = "The archive to write, such as my.advfit",
            HelpName = "FILE",
            Required = true,
        };
        var withoutImages = new Option<bool>("--without-images")
        {
            Description = "Leave out checkpoints and adversarial images of completed shuffles; what needs them computes them again",
        };
        var command = new DocumentedCommand(
            "export",
            "Write a sweep with its files into one archive, to be imported and resumed elsewhere.",
            "export quickstart -o quickstart.advfit",
            "export -o results.advfit --without-images")
        {
            sweep, output, withoutImages, store,
        };
        command.SetAction(parsed =>
        {
            var (path, file) = (parsed.GetRequiredValue(output), new OutputFile(parsed.GetRequiredValue(output)));
            var place = SweepLocation.Of(parsed, store);
            using var opened = OpenedSweep.Open(place, parsed.GetValue(sweep), evenQuarantined: true);
            if (opened.Source.IsLive(opened.Details.Id, opened.Details.State))
            {
                var who = place.IsRemote ? "the nodes of the server" : $"process {StoreLock.Holder(place.Folder)?.ProcessId}";
                throw new InputException(
                    $"{opened.Details.Id} is being worked on by {who}; wait until it ends, or stop it.");
            }

            ArchiveReport? report = null;
            file.Write(archive => report = SweepExport.Write(opened.Source, opened.Details.Id, parsed.GetValue(withoutImages), archive));
            Terminal.Out.Write(new Text(
                $"{report!.Sweep} is in {path}: {Format.Count(report.Events, "event")}, {Format.Count(report.Files, "file")} of {Format.Bytes(report.Bytes)}.\n"));
            if (opened.Source.TroubleOf(report.Sweep) is { } trouble)
            {
                Console.Error.WriteLine($"note: That is what is sound of it. {trouble}");
            }

            return ExitCodes.Done;
        });
        return command;
    }
}
