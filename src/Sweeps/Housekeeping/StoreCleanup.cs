using System.Collections.Immutable;
using System.Globalization;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Local;
using AdvFit.Sweeps.Queries;
using AdvFit.Sweeps.Store;

namespace AdvFit.Sweeps.Housekeeping;

/// <summary>
/// Frees the space of files that nothing needs: what the specs' <c>keep</c> gives up of completed shuffles, and what no
/// event names. The journal says that a file is given up before it is deleted (design rule 4), so that its absence is never
/// taken for damage.
/// </summary>
public static class StoreCleanup
{
    /// <summary>Shuffles whose files are given up in one transaction.</summary>
    private const int ShufflesAtOnce = 1000;

    private const string ShuffleFolder = "shuffle-";

    /// <summary>What can be freed.</summary>
    /// <param name="store">The store, open for reading or writing, in which no process works on a sweep.</param>
    /// <param name="sweep">The id of the only sweep to look at; null for all, and for folders that belong to none.</param>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public static FreedReport Find(SweepStore store, string? sweep)
    {
        var tally = new Tally();
        foreach (var id in Sweeps(store, sweep))
        {
            var (state, _, _) = SweepReplay.Of(store.Journal, id);
            foreach (var (_, spare) in SpareOf(store, id, state!))
            {
                tally.Add(id, spare);
            }

            tally.Add(id, Unnamed(store, id, state!));
        }

        foreach (var folder in sweep is null ? store.FoldersWithoutSweep() : [])
        {
            tally.Add(Path.GetFileName(folder), FilesIn(folder).Select(file => (KindOf(folder, file), file)));
        }

        return tally.Report();
    }

    /// <summary>Frees it.</summary>
    /// <param name="store">The store, open for writing.</param>
    /// <param name="sweep">The id of the only sweep to clean; null for all, and for folders that belong to none.</param>
    /// <param name="clock">The clock that gives events their time.</param>
    /// <returns>What was freed.</returns>
    /// <exception cref="StoreException">The store cannot be written to. What was freed until then is recorded.</exception>
    public static FreedReport Free(SweepStore store, string? sweep, TimeProvider clock)
    {
        var tally = new Tally();
        foreach (var id in Sweeps(store, sweep))
        {
            var recorder = new SweepRecorder(store.Journal, new Lock(), id, clock, NullObserver.Instance);
            var state = recorder.State!;
            foreach (var shuffles in SpareOf(store, id, state).Chunk(ShufflesAtOnce))
            {
                var paths = shuffles.ToImmutableSortedDictionary(
                    shuffle => shuffle.Shuffle,
                    shuffle => shuffle.Spare.Select(spare => Relative(store, id, spare.File)).ToImmutableArray());
                recorder.Handle(new FreeFiles(paths));
                foreach (var (_, spare) in shuffles)
                {
                    Delete(id, spare);
                }
            }

            Delete(id, [.. Unnamed(store, id, state)]);
        }

        foreach (var folder in sweep is null ? store.FoldersWithoutSweep() : [])
        {
            Delete(Path.GetFileName(folder), [.. FilesIn(folder).Select(file => (KindOf(folder, file), file))]);
            Guard(folder, () => Directory.Delete(folder, recursive: true));
        }

        return tally.Report();

        void Delete(string id, IReadOnlyCollection<(FreedKind Kind, FileInfo File)> files)
        {
            tally.Add(id, files);
            foreach (var (_, file) in files)
            {
                Guard(file.FullName, () =>
                {
                    CrashPoints.Pass();
                    file.Delete();
                });
            }
        }
    }

    private static IEnumerable<string> Sweeps(SweepStore store, string? sweep) =>
        sweep is null ? store.Journal.Sweeps().Order(StringComparer.Ordinal) : [sweep];

    /// <summary>What the sweep's policy gives up, by shuffle; only files that are there.</summary>
    private static IEnumerable<(int Shuffle, ImmutableArray<(FreedKind Kind, FileInfo File)> Spare)> SpareOf(
        SweepStore store, string sweep, SweepState state)
    {
        if (state.Spec.Keep == default)
        {
            yield break;
        }

        var artifacts = store.ArtifactsOf(sweep);
        for (var shuffle = 1; shuffle <= state.Shuffles.Count; shuffle++)
        {
            if (state.Shuffle(shuffle).Status == ShuffleStatus.Completed)
            {
                var record = ShuffleRecords.Of(store.Journal, sweep, shuffle);
                var spare = DiscardableFiles.Of(record, state.Spec.Keep)
                    .Select(file => (file.Kind, File: new FileInfo(artifacts.PathOf(file.File))))
                    .Where(file => file.File.Exists).ToImmutableArray();
                if (!spare.IsEmpty)
                {
                    yield return (shuffle, spare);
                }
            }
        }
    }

    /// <summary>Files of a sweep that no event names, or not any more.</summary>
    private static IEnumerable<(FreedKind Kind, FileInfo File)> Unnamed(SweepStore store, string sweep, SweepState state)
    {
        var folder = store.FolderOf(sweep);
        if (!Directory.Exists(folder))
        {
            yield break;
        }

        foreach (var part in new DirectoryInfo(folder).EnumerateDirectories())
        {
            var named = NumberOf(part.Name) is { } shuffle && state.HasShuffle(shuffle)
                ? ShuffleRecords.Of(store.Journal, sweep, shuffle).Files.Select(named => named.File.Path).ToHashSet()
                : [];
            foreach (var file in FilesIn(part.FullName))
            {
                if (!named.Contains(Relative(store, sweep, file)))
                {
                    yield return (KindOf(folder, file), file);
                }
            }
        }

        foreach (var file in new DirectoryInfo(folder).EnumerateFiles())
        {
            yield return (FreedKind.Unnamed, file);
        }
    }

    private static int? NumberOf(string folder) =>
        folder.StartsWith(ShuffleFolder, StringComparison.Ordinal)
        && int.TryParse(folder.AsSpan(ShuffleFolder.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static IEnumerable<FileInfo> FilesIn(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories);

    private static FreedKind KindOf(string sweepFolder, FileInfo file) =>
        file.DirectoryName == Path.Combine(sweepFolder, ArtifactStore.PartialFolder) ? FreedKind.Temporary : FreedKind.Unnamed;

    /// <summary>The path of a file as an artifact has it.</summary>
    private static string Relative(SweepStore store, string sweep, FileInfo file) =>
        Path.GetRelativePath(store.FolderOf(sweep), file.FullName).Replace(Path.DirectorySeparatorChar, '/');

    private static void Guard(string path, Action action)
    {
        try
        {
            action();
        }
        catch (Exception error) when (StoreFaults.IsFault(error))
        {
            throw StoreFaults.Explain(path, error);
        }
    }

    private sealed class Tally
    {
        private readonly SortedDictionary<(string Sweep, FreedKind Kind), (int Files, long Bytes)> _sums = [];

        public void Add(string sweep, IEnumerable<(FreedKind Kind, FileInfo File)> files)
        {
            foreach (var (kind, file) in files)
            {
                var (count, bytes) = _sums.GetValueOrDefault((sweep, kind));
                _sums[(sweep, kind)] = (count + 1, bytes + file.Length);
            }
        }

        public FreedReport Report() =>
            new([.. _sums.Select(sum => new FreedFiles(sum.Key.Sweep, sum.Key.Kind, sum.Value.Files, sum.Value.Bytes))]);
    }
}
