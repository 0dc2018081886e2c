using AdvFit.Messages;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Queries;
using AdvFit.Sweeps.Store;

namespace AdvFit.Sweeps.Archive;

/// <summary>What an import brought into a store.</summary>
/// <param name="Sweep">The sweep's id.</param>
/// <param name="Events">Events that the store did not have.</param>
/// <param name="Files">Files that it did not have, or damaged.</param>
public sealed record ImportReport(string Sweep, int Events, int Files);

/// <summary>
/// Brings a sweep from an archive into a store. All of the archive is checked before anything is written. A sweep that the
/// store has is only ever continued: its events must be the first of the archive's.
/// </summary>
public static class SweepImport
{
    /// <summary>Imports an archive.</summary>
    /// <param name="store">The store, open for writing.</param>
    /// <param name="path">The archive.</param>
    /// <exception cref="SweepException">The store's sweep has events that the archive's has not.</exception>
    /// <exception cref="StoreException">The archive is none, is damaged or of a newer version; or the store cannot be written to.</exception>
    public static ImportReport Read(SweepStore store, string path)
    {
        using var archive = SweepArchive.Open(path);
        var here = CountHere(store, archive);
        var artifacts = store.ArtifactsOf(archive.Sweep);
        var files = FilesOf(archive.Events);
        foreach (var file in files)
        {
            archive.Read(file, artifacts);
        }

        var written = 0;
        foreach (var file in files.Where(file => !artifacts.TryRead(file, out _)))
        {
            artifacts.Restore(file, archive.Read(file, artifacts));
            written++;
        }

        // Last, for an event may name only what is there (design rule 4).
        var events = archive.Events.Skip(here).ToList();
        if (events.Count > 0)
        {
            store.Journal.Append(archive.Sweep, here, events);
        }

        return new ImportReport(archive.Sweep, events.Count, written);
    }

    /// <summary>How many events of the archive the store has already.</summary>
    private static int CountHere(SweepStore store, SweepArchive archive)
    {
        var count = 0;
        foreach (var entry in store.Journal.Read(archive.Sweep))
        {
            if (count == archive.Events.Count)
            {
                throw new SweepException(
                    $"The sweep {archive.Sweep} here has all {count} events of the archive and more; there is nothing to import.");
            }

            if (ArchiveFormat.Write(archive.Events[count]) != ArchiveFormat.Write(new TimedEvent(entry.At, entry.Event)))
            {
                throw new SweepException(
                    $"The sweep {archive.Sweep} here went another way than that of the archive, from event {count + 1} on; "
                    + "import into another --store, or `advfit forget` the one here first.");
            }

            count++;
        }

        return count;
    }

    /// <summary>The artifacts that the events name and have not given up.</summary>
    private static List<Artifact> FilesOf(IEnumerable<TimedEvent> events) =>
    [
        .. ShuffleRecords.Of(events.Select(timed => timed.Event)).Values
            .SelectMany(record => record.Files).Select(file => file.File),
    ];
}
