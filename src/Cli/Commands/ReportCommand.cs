using System.CommandLine;
using AdvFit.Cli.Models;
using AdvFit.Cli.Rendering;
using AdvFit.Learning.Data;
using AdvFit.Reporting;
using Spectre.Console;

namespace AdvFit.Cli.Commands;

/// <summary><c>advfit report</c>: what sweeps found, as one HTML file to read and to send.</summary>
internal static class ReportCommand
{
    private const string DefaultOutput = "report.html";

    public static Command Create()
    {
        var sweeps = new Argument<string[]>("SWEEP")
        {
            Description = "Sweeps, as for results; several are compared side by side. Otherwise the newest",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var file = new Option<string>("--output", "-o")
        {
            Description = $"The file to write, otherwise {DefaultOutput}",
            HelpName = "FILE",
            DefaultValueFactory = _ => DefaultOutput,
        };
        var (data, store) = (CommonOptions.Data(), CommonOptions.Store());
        var command = new DocumentedCommand(
            "report",
            "Write what a sweep found, with figures, as one HTML file that needs nothing else.",
            "report",
            "report quickstart -o quickstart.html",
            "report paper-cifar10-cnn paper-cifar10-cnn-lenet5 -o networks.html")
        {
            sweeps, file, data, store,
        };
        command.SetAction(parsed =>
        {
            var app = WebApp.Read();
            var output = new OutputFile(parsed.GetRequiredValue(file));
            IEnumerable<string?> asked = parsed.GetValue(sweeps) is { Length: > 0 } named ? named : new string?[] { null };
            var folders = DatasetFolders.Locate(parsed.GetValue(data));
            var place = SweepLocation.Of(parsed, store);
            var report = new Report(
                ThisProgram.Version.Number, ThisProgram.Version.Commit,
                [.. asked.Select(each => Read(place, each, folders))]);
            var page = ReportPage.Fill(app, report);
            output.Write(page);
            Tell(report, parsed.GetRequiredValue(file), page.Length);
            return ExitCodes.Done;
        });
        return command;
    }

    private static SweepReport Read(SweepLocation place, string? asked, DatasetFolders folders)
    {
        using var opened = OpenedSweep.Open(place, asked);
        return new SweepReportBuilder(opened.Source, opened.Details, opened.Analyze())
            .Build(() => DatasetLoader.Load(
                folders, opened.Details.State.Spec.Dataset,
                DatasetRequest.Of(opened.Details.State.Spec) with { SkipBroken = true, Progress = new PreparationProgressLine() }));
    }

    private static void Tell(Report report, string path, int length)
    {
        foreach (var sweep in report.Sweeps)
        {
            foreach (var sentence in sweep.Warnings)
            {
                Console.Error.WriteLine($"note: {sentence}");
            }

            if (sweep.GalleryReason is { } reason)
            {
                Console.Error.WriteLine($"note: {sweep.Id} has no gallery. {reason}");
            }
        }

        Terminal.Out.Write(new Text($"The report is in {Path.GetFullPath(path)} ({Format.Bytes(length)}).\n"));
    }
}
