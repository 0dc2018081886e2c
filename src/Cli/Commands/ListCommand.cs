using System.Collections.Immutable;
using System.CommandLine;
using AdvFit.Cli.Rendering;
using AdvFit.Sweeps.Queries;
using AdvFit.Sweeps.Store;
using Spectre.Console;

namespace AdvFit.Cli.Commands;

/// <summary><c>advfit list</c>: the sweeps of a store.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var (store, json) = (CommonOptions.Store(), CommonOptions.Json());
        var command = new DocumentedCommand(
            "list", "List the sweeps, the newest first.", "list", "list --json --store /big/disk")
        {
            json, store,
        };
        command.Aliases.Add("status");
        command.SetAction(parsed =>
        {
            var folder = SweepStore.Locate(parsed.GetValue(store));
            using var opened = SweepStore.OpenForReading(folder);
            var sweeps = opened is null ? [] : new SweepCatalog(opened).List();
            if (parsed.GetValue(json))
            {
                WriteJson(sweeps);
            }
            else
            {
                Write(sweeps, folder);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static void WriteJson(ImmutableArray<SweepSummary> sweeps) => JsonOutput.Write(json =>
    {
        json.WriteStartObject();
        json.WriteList("sweeps", sweeps, static (json, sweep) =>
        {
            json.WriteString("id", sweep.Id);
            json.WriteString("name", sweep.Name);
            json.WriteString("state", sweep.Status.Word());
            json.WriteNumber("completed", sweep.Completed);
            json.WriteNumber("failed", sweep.Failed);
            json.WriteNumber("total", sweep.Total);
            json.WriteString("created", sweep.Created);
            json.WriteString("updated", sweep.Updated);
        });
        json.WriteEndObject();
    });

    private static void Write(ImmutableArray<SweepSummary> sweeps, string folder)
    {
        if (sweeps.IsEmpty)
        {
            Terminal.Out.Write(new Text(
                $"There are no sweeps in {folder}; start one with `{Invocation.Program} run SPEC`.\n"));
            return;
        }

        var table = Tables.Create(
            ("sweep", Justify.Left), ("state", Justify.Left), ("done", Justify.Right), ("failed", Justify.Right),
            ("updated", Justify.Left));
        foreach (var sweep in sweeps)
        {
            table.Add(
                sweep.Id, sweep.Status.Word(), $"{sweep.Completed}/{sweep.Total}", Format.Count(sweep.Failed),
                Format.Time(sweep.Updated));
        }

        Terminal.Out.Write(table);
    }
}
