using System.CommandLine;
using AdvFit.Cli.Rendering;

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
            using var found = FoundSweep.Open(parsed.GetValue(store), parsed.GetValue(sweep));
            if (parsed.GetValue(json))
            {
                ProvenanceJson.Write(found);
            }
            else
            {
                ProvenanceView.Write(Terminal.Out, found);
            }

            return ExitCodes.Done;
        });
        return command;
    }
}
