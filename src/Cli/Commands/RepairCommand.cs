using System.CommandLine;
using AdvFit.Cli.Rendering;
using AdvFit.Sweeps.Repair;
using AdvFit.Sweeps.Store;
using Spectre.Console;

namespace AdvFit.Cli.Commands;

/// <summary><c>advfit repair</c>: checks a store, and lets what is damaged be computed again.</summary>
internal static class RepairCommand
{
    public static Command Create()
    {
        var store = CommonOptions.Store();
        var command = new DocumentedCommand(
            "repair",
            "Check every event and file of the store; what is damaged is named, and computed again when its sweep is next run.",
            "repair",
            "repair --store /big/disk")
        {
            store,
        };
        command.SetAction(parsed =>
        {
            var folder = SweepStore.Locate(parsed.GetValue(store));
            if (!File.Exists(SweepStore.JournalOf(folder)))
            {
                throw new InputException($"There is no store in {folder}; name it with --store.");
            }

            Write(StoreRepair.Run(folder, TimeProvider.System), Invocation.StoreOption(parsed.GetValue(store)));
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Write(RepairReport report, string option)
    {
        if (report.Journal is { } journal)
        {
            Terminal.Out.Write(new Text(
                $"{journal.Damage}\n{Format.Count(journal.Kept, "event")} were whole; the journal is rebuilt from them, with "
                + $"{Format.Count(journal.Rebuilt, "event")}. The damaged one is kept as {journal.Aside}.\n"));
            foreach (var lost in journal.LostSweeps)
            {
                Terminal.Out.Write(new Text($"Of {lost} not even its spec is left: run it again.\n"));
            }
        }

        foreach (var file in report.Files)
        {
            // Not wrapped: paths are there to be copied.
            Console.Out.WriteLine($"{file.Sweep}: {file.Path} is missing or damaged; {file.Stage} of shuffle {file.Shuffle} is to be done again");
        }

        Terminal.Out.Write(new Text(
            $"{Format.Count(report.Events, "event")} and {Format.Count(report.FilesChecked, "file")} were checked"
            + (report.Journal is null && report.Files.IsEmpty ? "; all are whole.\n" : ".\n")));
        foreach (var sweep in report.Files.Select(file => file.Sweep).Distinct())
        {
            Console.Out.WriteLine($"  {Invocation.Program} resume {sweep}{option}");
        }
    }
}
