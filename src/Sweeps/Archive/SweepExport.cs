using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Housekeeping;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Queries;
using AdvFit.Sweeps.Store;

namespace AdvFit.Sweeps.Archive;

/// <summary>What an archive holds.</summary>
/// <param name="Sweep">The sweep's id.</param>
/// <param name="Events">Its events.</param>
/// <param name="Files">Its artifacts.</param>
/// <param name="Bytes">Length of the artifacts together.</param>
public sealed record ArchiveReport(string Sweep, int Events, int Files, long Bytes);

/// <summary>Writes a sweep into one file, which <see cref="SweepImport"/> brings into another store.</summary>
public static class SweepExport
{
    /// <summary>Writes the archive.</summary>
    /// <param name="source">Where the sweep is, and nobody works on it.</param>
    /// <param name="sweep">The id of a sweep that is there.</param>
    /// <param name="withoutImages">
    /// Whether to leave out the checkpoints and adversarial images of completed shuffles. In the archive they are given up,
    /// as housekeeping does.
    /// </param>
    /// <param name="output">Where the archive goes.</param>
    /// <exception cref="StoreException">The sweep cannot be read, or a file is missing or damaged.</exception>
    public static ArchiveReport Write(ISweepSource source, string sweep, bool withoutImages, Stream output)
    {
        var (state, _, _) = SweepReplay.Of(source.Journal, sweep);
        var left = withoutImages
            ? new KeepPolicy(CheckpointsKept.None, AdversarialKept.None)
            : default;
        using var archive = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        var (events, hash) = WriteEvents(archive, Events(source, sweep, state!, left));
        var (files, bytes) = WriteFiles(archive, source, sweep, state!, left);
        using (var entry = ArchiveFormat.Create(archive, ArchiveFormat.HeaderEntry))
        {
            JsonSerializer.Serialize(
                entry, new ArchiveHeader(ArchiveFormat.Name, ArchiveFormat.Version, sweep, events, hash),
                ArchiveJsonContext.Default.ArchiveHeader);
        }

        return new ArchiveReport(sweep, events, files, bytes);
    }

    private static IEnumerable<TimedEvent> Events(ISweepSource source, string sweep, SweepState state, KeepPolicy keep)
    {
        foreach (var entry in source.Journal.Read(sweep))
        {
            yield return new TimedEvent(entry.At, entry.Event);
        }

        for (var shuffle = 1; shuffle <= state.Shuffles.Count; shuffle++)
        {
            if (Left(source, sweep, state, shuffle, keep) is { Count: > 0 } left)
            {
                yield return new TimedEvent(state.Updated, new FilesFreed(shuffle, [.. left.Order(StringComparer.Ordinal)]));
            }
        }
    }

    /// <summary>Paths of the files that are left out although they have not been given up.</summary>
    private static HashSet<string> Left(ISweepSource source, string sweep, SweepState state, int shuffle, KeepPolicy keep) =>
        keep != default && state.Shuffle(shuffle).Status == ShuffleStatus.Completed
            ? [.. DiscardableFiles.Of(ShuffleRecords.Of(source.Journal, sweep, shuffle), keep).Select(spare => spare.File.Path)]
            : [];

    private static (int Events, string Hash) WriteEvents(ZipArchive archive, IEnumerable<TimedEvent> events)
    {
        using var hash = SHA256.Create();
        var count = 0;
        using (var entry = ArchiveFormat.Create(archive, ArchiveFormat.EventsEntry))
        using (var hashed = new CryptoStream(entry, hash, CryptoStreamMode.Write))
        using (var lines = new StreamWriter(hashed, new UTF8Encoding(false)) { NewLine = "\n" })
        {
            foreach (var timed in events)
            {
                lines.WriteLine(ArchiveFormat.Write(timed));
                count++;
            }
        }

        return (count, Convert.ToHexStringLower(hash.Hash!));
    }

    private static (int Files, long Bytes) WriteFiles(
        ZipArchive archive, ISweepSource source, string sweep, SweepState state, KeepPolicy keep)
    {
        var (artifacts, count, bytes) = (source.ArtifactsOf(sweep), 0, 0L);
        for (var shuffle = 1; shuffle <= state.Shuffles.Count; shuffle++)
        {
            if (state.Shuffle(shuffle).Done == default)
            {
                continue;
            }

            var left = Left(source, sweep, state, shuffle, keep);
            foreach (var (_, file) in ShuffleRecords.Of(source.Journal, sweep, shuffle).Files.Where(each => !left.Contains(each.File.Path)))
            {
                if (!artifacts.TryRead(file, out var contents))
                {
                    throw new StoreException(
                        $"{source.FolderOf(sweep)}/{file.Path} is missing or damaged; `advfit repair` and `advfit resume {sweep}` make it anew.");
                }

                using var entry = ArchiveFormat.Create(archive, ArchiveFormat.FilesFolder + file.Path);
                entry.Write(contents);
                (count, bytes) = (count + 1, bytes + contents.Length);
            }
        }

        return (count, bytes);
    }
}
