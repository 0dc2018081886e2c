using AdvFit.Experiments;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Queries;
using Spectre.Console;

namespace AdvFit.Cli.Rendering;

/// <summary>Shows the provenance of a sweep.</summary>
internal static class ProvenanceView
{
    public static void Write(IAnsiConsole console, OpenedSweep opened)
    {
        var (details, state) = (opened.Details, opened.Details.State);
        console.Write(Tables.Heading($"{details.Id}: {details.Status.Word()}\n"));
        console.Write(Tables.Facts(
        [
            .. SpecSummary.Of(state.Spec, state.Data),
            ("data hash", state.Data.Sha256),
            ("begun", Format.Time(state.Created)),
            ("updated", Format.Time(state.Updated)),
            ("stopped", Interruptions(details.History.Interruptions)),
            ("files", opened.Source.FolderOf(details.Id)),
        ]));
        console.Section("Sessions");
        foreach (var session in details.History.Sessions)
        {
            console.Write(Tables.Facts(Facts(session)));
        }

        console.Section("Time by stage, over all shuffles");
        console.Write(Stages(details.History));
        console.Section("Shuffles");
        console.Write(Shuffles(opened));
        console.Write(new Text(
            $"`{Invocation.Program} show {details.Id}{opened.Place.Option} --json` names every file with its SHA-256.\n"));
    }

    private static string Interruptions(int count) => count switch
    {
        0 => "never before it was done",
        1 => "once before it was done",
        _ => $"{count} times before it was done",
    };

    private static IEnumerable<(string, string)> Facts(SessionHistory session)
    {
        var provenance = session.Provenance;
        yield return (
            Format.Time(session.Began),
            $"{session.Ending.ToString().ToLowerInvariant()} after {Format.Duration((session.LastActive - session.Began).TotalSeconds)}; "
            + $"AdvFit {provenance.Version}, commit {provenance.Commit}; {Format.Count(provenance.Slots, "slot")} on "
            + $"{provenance.Machine}: {provenance.Processor}; {provenance.System}");
    }

    private static Table Stages(SweepHistory history)
    {
        var table = Tables.Create(
            ("stage", Justify.Left), ("times", Justify.Right), ("wall clock", Justify.Right), ("processor", Justify.Right));
        foreach (var stage in history.Stages)
        {
            table.Add(
                stage.Stage, Format.Count(stage.Count), Format.Duration(stage.Cost.WallSeconds),
                Format.Duration(stage.Cost.CpuSeconds));
        }

        return table;
    }

    private static Table Shuffles(OpenedSweep opened)
    {
        var (sweep, state, catalog) = (opened.Details.Id, opened.Details.State, new SweepCatalog(opened.Source));
        var table = Tables.Create(
            ("shuffle", Justify.Right), ("state", Justify.Left), ("attempts", Justify.Right), ("epochs", Justify.Right),
            (state.Spec.Knn is null ? "M" : "attacked", Justify.Right), ("files", Justify.Right), ("size", Justify.Right),
            ("cause of failure", Justify.Left));
        foreach (var (shuffle, i) in state.Shuffles.Select((shuffle, i) => (shuffle, i)))
        {
            var record = catalog.Record(sweep, i + 1);
            var files = record.Files.Select(file => file.File).ToList();
            table.Add(
                Format.Count(i + 1),
                state.Doing(i + 1),
                Format.Count(shuffle.Attempt),
                Format.Count(record.Of<EpochTrained>().Length),
                catalog.Outcome(sweep, state, i + 1) is { } outcome
                    ? Format.Count(outcome.Network?.Epoch ?? outcome.ReferenceLevel)
                    : "",
                Format.Count(files.Count),
                Format.Bytes(files.Sum(file => (double)file.Bytes)),
                shuffle.Cause ?? "");
        }

        return table;
    }
}
