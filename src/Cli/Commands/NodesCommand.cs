using System.Collections.Immutable;
using System.CommandLine;
using AdvFit.Api;
using AdvFit.Api.Formats;
using AdvFit.Cli.Rendering;
using Spectre.Console;

namespace AdvFit.Cli.Commands;

/// <summary><c>advfit nodes</c>: what the nodes of a server do.</summary>
internal static class NodesCommand
{
    public static Command Create()
    {
        var json = CommonOptions.Json();
        var command = new DocumentedCommand(
            "nodes", "Show the nodes of a server, and what each of their slots does.", "nodes --server http://localhost:8080", "nodes --json")
        {
            json,
        };
        command.SetAction(parsed =>
        {
            using var source = SweepLocation.Of(parsed).Connect();
            if (parsed.GetValue(json))
            {
                JsonOutput.Write(NodesJson.Write(source.Control.Nodes()));
            }
            else
            {
                Write(source.Control.Nodes(), source.Place);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static void Write(ImmutableArray<NodeSnapshot> nodes, string server)
    {
        if (nodes.IsEmpty)
        {
            Terminal.Out.Write(new Text($"{server} has no nodes; what is submitted waits until one comes.\n"));
            return;
        }

        var table = Tables.Create(
            ("node", Justify.Left), ("state", Justify.Left), ("slots", Justify.Right), ("heard", Justify.Left),
            ("sweep", Justify.Left), ("shuffle", Justify.Right), ("stage", Justify.Left), ("done", Justify.Right));
        foreach (var node in nodes)
        {
            string[] first =
            [
                node.Name, node.Status.ToString().ToLowerInvariant(), $"{node.Working.Length}/{node.Slots}", Format.Time(node.LastHeard),
            ];
            if (node.Working.IsEmpty)
            {
                table.Add([.. first, "", "", "", ""]);
            }

            foreach (var (slot, i) in node.Working.Select((slot, i) => (slot, i)))
            {
                var progress = slot.Progress;
                table.Add(
                [
                    .. i == 0 ? first : ["", "", "", ""], slot.Sweep, Format.Count(progress.Shuffle),
                    progress.Epoch is { } epoch ? $"epoch {epoch}" : progress.Stage, Format.Percent(progress.Fraction),
                ]);
            }
        }

        Terminal.Out.Write(table);
    }
}
