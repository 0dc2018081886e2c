using System.Collections.Immutable;
using System.CommandLine;
using AdvFit.Cli.Rendering;
using AdvFit.Sweeps.Json;
using AdvFit.Sweeps.Queries;
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
            var place = SweepLocation.Of(parsed, store);
            using var source = place.Open();
            var sweeps = source?.List() ?? [];
            if (parsed.GetValue(json))
            {
                JsonOutput.Write(SweepListJson.Write(sweeps));
            }
            else
            {
                Write(sweeps, place);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static void Write(ImmutableArray<SweepSummary> sweeps, SweepLocation place)
    {
        if (sweeps.IsEmpty)
        {
            Terminal.Out.Write(new Text(
                $"There are no sweeps {place.Where}; start one with `{Invocation.Program} run SPEC{place.Option}`.\n"));
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
        foreach (var trouble in sweeps.Select(sweep => sweep.Trouble).OfType<string>())
        {
            // Not wrapped: commands are there to be copied.
            Console.Out.WriteLine(trouble);
        }
    }
}
