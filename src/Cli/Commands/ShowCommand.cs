using System.CommandLine;
using AdvFit.Cli.Rendering;
using AdvFit.Sweeps.Json;
using AdvFit.Sweeps.Queries;

namespace AdvFit.Cli.Commands;

/// <summary><c>advfit show</c>: how, when and where a sweep was made, and its files.</summary>
internal static class ShowCommand
{
    public static Command Create()
    {
        var (sweep, store, json) = (CommonOptions.Sweep(), CommonOptions.Store(), CommonOptions.Json());
        var command = new DocumentedCommand(
            "show",
            "Show how a sweep was made: version, machine, sessions, interruptions, times, shuffles and files.",
            "show",
            "show quickstart --json")
        {
            sweep, json, store,
        };
        command.SetAction(parsed =>
        {
            using var opened = OpenedSweep.Open(SweepLocation.Of(parsed, store), parsed.GetValue(sweep));
            if (parsed.GetValue(json))
            {
                var catalog = new SweepCatalog(opened.Source);
                JsonOutput.Write(ProvenanceJson.Write(
                    opened.Details, opened.Source.FolderOf(opened.Details.Id), shuffle => catalog.Record(opened.Details.Id, shuffle)));
            }
            else
            {
                ProvenanceView.Write(Terminal.Out, opened);
            }

            return ExitCodes.Done;
        });
        return command;
    }
}
