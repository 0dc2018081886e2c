using System.Collections.Immutable;
using AdvFit.Experiments;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Queries;

namespace AdvFit.Sweeps.Store;

/// <summary>
/// A store: a folder with the journal (<c>journal.db</c>), the lock, and under <c>sweeps/ID</c> the artifacts of each sweep.
/// </summary>
public sealed class SweepStore : ISweepSource
{
    /// <summary>The environment variable that names the store where <c>--store</c> does not.</summary>
    public const string EnvironmentVariable = "ADVFIT_STORE";

    private const string DefaultFolder = ".advfit";
    private const string JournalFile = "journal.db";

    private readonly StoreLock? _lock;
    private Dictionary<string, SweepReplay> _replays = [];

    private SweepStore(string folder, SqliteJournal journal, StoreLock? storeLock) =>
        (Folder, Journal, _lock) = (folder, journal, storeLock);

    /// <summary>Full path of the store's folder.</summary>
    public string Folder { get; }

    /// <summary>The journal; writable if the store was opened for writing.</summary>
    public SqliteJournal Journal { get; }

    /// <summary>The store's folder: as asked, else as the environment says, else <c>.advfit</c> in the working folder.</summary>
    /// <param name="asked">The value of <c>--store</c>; null where it is not given.</param>
    public static string Locate(string? asked)
    {
        var environment = Environment.GetEnvironmentVariable(EnvironmentVariable);
        return Path.GetFullPath(asked ?? (string.IsNullOrEmpty(environment) ? DefaultFolder : environment));
    }

    /// <summary>Opens a store to work on it, and creates it where there is none; no other process can until disposal.</summary>
    /// <param name="folder">The store's folder.</param>
    /// <param name="now">The time, for others to read.</param>
    /// <exception cref="StoreException">It is held by another process, read-only, damaged, ..</exception>
    public static SweepStore OpenForWriting(string folder, DateTimeOffset now)
    {
        folder = Path.GetFullPath(folder);
        try
        {
            DirectorySync.Create(folder);
        }
        catch (Exception error) when (StoreFaults.IsFault(error))
        {
            throw StoreFaults.Explain(folder, error);
        }

        var storeLock = StoreLock.Acquire(folder, now);
        try
        {
            RefuseLostJournal(folder);
            RemovePartialFiles(folder);
            var store = new SweepStore(folder, SqliteJournal.Open(JournalOf(folder)), storeLock);
            store.Journal.RemoveRequestsBefore(now);
            store.RemoveForgotten();
            return store;
        }
        catch
        {
            storeLock.Dispose();
            throw;
        }
    }

    /// <summary>Opens a store to look at it, even while another process works on it; null where there is none.</summary>
    /// <param name="folder">The store's folder.</param>
    /// <exception cref="StoreException">It cannot be read.</exception>
    public static SweepStore? OpenForReading(string folder)
    {
        folder = Path.GetFullPath(folder);
        RefuseLostJournal(folder);
        var path = Path.Combine(folder, JournalFile);
        return !IsMissingOrEmpty(path) && SqliteJournal.OpenForReading(path) is { } journal
            ? new SweepStore(folder, journal, null)
            : null;
    }

    /// <summary>The journal's file in a store.</summary>
    public static string JournalOf(string folder) => Path.Combine(Path.GetFullPath(folder), JournalFile);

    /// <summary>
    /// Forgets a sweep: its events, then its files. Should the process die between the two, the files go when the store is
    /// next opened for writing.
    /// </summary>
    /// <param name="sweep">The sweep's id.</param>
    /// <param name="now">The time, for the record.</param>
    /// <exception cref="StoreException">The store cannot be written to.</exception>
    public void Forget(string sweep, DateTimeOffset now)
    {
        Journal.Forget(sweep, now);
        RemoveForgotten();
    }

    /// <summary>The process that works on the store at present, this one included; null where none does.</summary>
    public StoreHolder? Holder() => StoreLock.Holder(Folder);

    /// <inheritdoc/>
    string ISweepSource.Place => Folder;

    /// <inheritdoc/>
    IJournalReader ISweepSource.Journal => Journal;

    /// <inheritdoc/>
    public ImmutableArray<string> Sweeps() => Journal.Sweeps();

    /// <inheritdoc/>
    public ImmutableArray<SweepSummary> List()
    {
        var (holder, ids) = (Holder(), Sweeps());
        // Whoever lists them again reads what is new.
        _replays = ids.ToDictionary(id => id, id => _replays.TryGetValue(id, out var known)
            ? known.Follow(Journal, id)
            : SweepReplay.Of(Journal, id));
        return [.. ids.Select(id => SweepSummary.Of(id, _replays[id].State!, SweepStatuses.IsLive(_replays[id].State!, holder)))];
    }

    /// <inheritdoc/>
    public bool IsLive(string sweep, SweepState state) => SweepStatuses.IsLive(state, Holder());

    /// <inheritdoc/>
    IArtifactStore ISweepSource.ArtifactsOf(string sweep) => ArtifactsOf(sweep);

    /// <summary>Folder of a sweep's artifacts.</summary>
    public string FolderOf(string sweep) => SweepFolders.Of(Folder, sweep);

    /// <summary>The artifacts of a sweep.</summary>
    public ArtifactStore ArtifactsOf(string sweep) => new(FolderOf(sweep));

    /// <summary>Folders of artifacts that belong to no sweep of the journal.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public IReadOnlyList<string> FoldersWithoutSweep()
    {
        var (folder, sweeps) = (Path.Combine(Folder, SweepFolders.Name), Journal.Sweeps());
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateDirectories(folder).Where(path => !sweeps.Contains(Path.GetFileName(path))).Order(StringComparer.Ordinal)]
            : [];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Journal.Dispose();
        _lock?.Dispose();
    }

    private void RemoveForgotten()
    {
        foreach (var path in Journal.Forgotten().Select(FolderOf).Where(Directory.Exists))
        {
            try
            {
                Directory.Delete(path, recursive: true);
            }
            catch (Exception error) when (StoreFaults.IsFault(error))
            {
                throw StoreFaults.Explain(path, error);
            }
        }
    }

    /// <summary>Artifacts are written only once their sweep is in the journal: folders without a journal mean a loss.</summary>
    private static void RefuseLostJournal(string folder)
    {
        var sweeps = Path.Combine(folder, SweepFolders.Name);
        var journal = Path.Combine(folder, JournalFile);
        if (IsMissingOrEmpty(journal) && Directory.Exists(sweeps) && Directory.EnumerateDirectories(sweeps).Any())
        {
            throw new StoreException(
                $"The journal {journal} is gone although {sweeps} holds sweeps; restore it from a backup, or move {folder} away to begin anew.");
        }
    }

    /// <summary>Clears away what processes that died left half-written.</summary>
    private static void RemovePartialFiles(string folder)
    {
        var sweeps = Path.Combine(folder, SweepFolders.Name);
        if (!Directory.Exists(sweeps))
        {
            return;
        }

        foreach (var sweep in Directory.EnumerateDirectories(sweeps))
        {
            new ArtifactStore(sweep).RemovePartialFiles();
        }
    }

    private static bool IsMissingOrEmpty(string path) => new FileInfo(path) is not { Exists: true, Length: > 0 };
}
