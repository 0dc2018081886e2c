using System.CommandLine;
using AdvFit.Analysis.Csv;
using AdvFit.Analysis.Json;
using AdvFit.Cli.Rendering;
using Spectre.Console;

namespace AdvFit.Cli.Commands;

/// <summary><c>advfit results</c>: what a sweep opened.</summary>
internal static class ResultsCommand
{
    public static Command Create()
    {
        var (sweep, store, json) = (CommonOptions.Sweep(), CommonOptions.Store(), CommonOptions.Json());
        var csv = new Option<string?>("--csv") { Description = "Write CSV tables into this folder", HelpName = "DIR" };
        var command = new DocumentedCommand(
            "results",
            "Show what a sweep found, as far as it is done.",
            "results",
            "results quickstart --json > quickstart.json",
            "results quickstart --csv tables")
        {
            sweep, json, csv, store,
        };
        command.SetAction(parsed =>
        {
            using var opened = OpenedSweep.Open(SweepLocation.Of(parsed, store), parsed.GetValue(sweep));
            Write(opened, parsed.GetValue(json), parsed.GetValue(csv));
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Write(OpenedSweep opened, bool asJson, string? csvFolder)
    {
        var results = opened.Analyze();
        if (csvFolder is not null)
        {
            ResultsCsv.Write(results, csvFolder);
            Console.Error.WriteLine($"The tables are in {Path.GetFullPath(csvFolder)}.");
        }

        if (asJson)
        {
            JsonOutput.Write(ResultsJson.Write(results));
        }
        else if (csvFolder is null)
        {
            ResultsView.Write(Terminal.Out, opened.Details.Id, results);
            Terminal.Out.WriteLine();
            ResultsFooter.Write(Terminal.Out, opened.Details.Id, opened.Source, opened.Place.Option);
        }
    }
}
