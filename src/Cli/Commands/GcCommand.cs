using System.CommandLine;
using AdvFit.Cli.Rendering;
using AdvFit.Messages.Json;
using AdvFit.Sweeps.Housekeeping;
using AdvFit.Sweeps.Queries;
using AdvFit.Sweeps.Spec;
using AdvFit.Sweeps.Store;
using Spectre.Console;

namespace AdvFit.Cli.Commands;

/// <summary><c>advfit gc</c>: frees the space of files that nothing needs.</summary>
internal static class GcCommand
{
    public static Command Create()
    {
        var sweep = CommonOptions.Sweep();
        sweep.Description = "A sweep's id, the start of its id, its name, or its spec's path; otherwise all of the store";
        var (store, json) = (CommonOptions.Store(), CommonOptions.Json());
        var yes = new Option<bool>("--yes") { Description = "Free it without asking" };
        var command = new DocumentedCommand(
            "gc",
            "Say what can be freed, and free it: what the specs' `keep` gives up of completed shuffles, and files that crashes left.",
            "gc",
            "gc quickstart --yes",
            "gc --json")
        {
            sweep, yes, json, store,
        };
        command.SetAction(parsed =>
        {
            var folder = SweepStore.Locate(parsed.GetValue(store));
            var (found, id) = Find(folder, parsed.GetValue(sweep));
            var (isJson, confirmed) = (parsed.GetValue(json), parsed.GetValue(yes));
            if (!isJson)
            {
                Write(found);
            }

            var frees = found.Files > 0 && (confirmed || (!isJson && Confirm(found)));
            var report = frees ? Free(folder, id, found) : found;
            if (isJson)
            {
                WriteJson(report, frees);
            }
            else if (frees)
            {
                Terminal.Out.Write(new Text($"{Format.Bytes(report.Bytes)} are freed.\n"));
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static (FreedReport Found, string? Sweep) Find(string folder, string? asked)
    {
        using var store = SweepStore.OpenForReading(folder)
            ?? throw new InputException($"There are no sweeps in {folder}; name another --store.");
        if (store.Holder() is { } holder)
        {
            throw new StoreException(
                $"The store {folder} is in use by process {holder.ProcessId} on {holder.Machine}; wait until it ends, or stop it.");
        }

        var id = asked is null
            ? null
            : new SweepCatalog(store).Resolve(asked, path => new SpecReader(SpecVocabulary.Engine).Read(path));
        return (StoreCleanup.Find(store, id), id);
    }

    private static bool Confirm(FreedReport found) => Terminal.Confirm(
        $"Free {Format.Bytes(found.Bytes)}?", "Nothing is freed yet; say --yes to free it without being asked.");

    private static FreedReport Free(string folder, string? sweep, FreedReport found)
    {
        // Opening the store to write to it removes what is half written.
        using var store = SweepStore.OpenForWriting(folder, TimeProvider.System.GetUtcNow());
        var freed = StoreCleanup.Free(store, sweep, TimeProvider.System);
        return new FreedReport(
            [.. found.Parts.Where(part => part.Kind == FreedKind.Temporary),
                .. freed.Parts.Where(part => part.Kind != FreedKind.Temporary)]);
    }

    private static void Write(FreedReport report)
    {
        if (report.Files == 0)
        {
            Terminal.Out.Write(new Text("There is nothing to free.\n"));
            return;
        }

        var table = Tables.Create(("sweep", Justify.Left), ("what", Justify.Left), ("files", Justify.Right), ("size", Justify.Right));
        foreach (var part in report.Parts)
        {
            table.Add(part.Sweep, Words(part.Kind), Format.Count(part.Files), Format.Bytes(part.Bytes));
        }

        Terminal.Out.Write(table);
        Terminal.Out.Write(new Text($"{Format.Bytes(report.Bytes)} can be freed.\n"));
    }

    private static string Words(FreedKind kind) => kind switch
    {
        FreedKind.Checkpoints => "checkpoints",
        FreedKind.Adversarial => "adversarial images",
        FreedKind.Unnamed => "files that no event names",
        _ => "half-written files",
    };

    private static void WriteJson(FreedReport report, bool isFreed) => JsonOutput.Write(json =>
    {
        json.WriteNumber("schemaVersion", 1);
        json.WriteBoolean("freed", isFreed);
        json.WriteNumber("files", report.Files);
        json.WriteNumber("bytes", report.Bytes);
        json.WriteMember("parts", report.Parts.Select(part => new { part.Sweep, part.Kind, part.Files, part.Bytes }));
    });
}
