using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Spec;
using AdvFit.Sweeps.Store;

namespace AdvFit.Sweeps.Archive;

/// <summary>An archive that is open, its events checked: their hash, and that they make a sweep of that id.</summary>
internal sealed class SweepArchive : IDisposable
{
    private readonly string _path;
    private readonly ZipArchive _zip;

    private SweepArchive(string path, ZipArchive zip) => (_path, _zip) = (path, zip);

    /// <summary>The sweep's id.</summary>
    public string Sweep { get; private set; } = "";

    /// <summary>All events of the sweep.</summary>
    public IReadOnlyList<TimedEvent> Events { get; private set; } = [];

    /// <exception cref="StoreException">It cannot be read, is no archive of a sweep, or is damaged.</exception>
    public static SweepArchive Open(string path)
    {
        SweepArchive? archive = null;
        try
        {
            archive = new SweepArchive(path, ZipFile.OpenRead(path));
            archive.ReadEvents();
            return archive;
        }
        catch (Exception error)
        {
            archive?.Dispose();
            throw error switch
            {
                FileNotFoundException or DirectoryNotFoundException => new StoreException(
                    $"There is no archive {path}; `advfit export` writes one.", error),
                InvalidDataException or JsonException => NoArchive(path, error),
                _ when StoreFaults.IsFault(error) => StoreFaults.Explain(path, error),
                _ => error,
            };
        }
    }

    /// <summary>The contents of an artifact, which match its hash.</summary>
    /// <param name="file">The artifact.</param>
    /// <param name="artifacts">Where it would be written.</param>
    /// <exception cref="StoreException">It is missing, damaged, or would lie elsewhere than in its sweep's folder.</exception>
    public byte[] Read(Artifact file, ArtifactStore artifacts)
    {
        try
        {
            artifacts.PathOf(file);
            var contents = Read(ArchiveFormat.FilesFolder + file.Path);
            return contents.Length == file.Bytes && Convert.ToHexStringLower(SHA256.HashData(contents)) == file.Sha256
                ? contents
                : throw Damaged($"{file.Path} does not match its hash");
        }
        catch (ArgumentException error)
        {
            throw Damaged($"{file.Path} is no path in a sweep's folder", error);
        }
        catch (InvalidDataException error)
        {
            throw Damaged($"{file.Path} cannot be read", error);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _zip.Dispose();

    private void ReadEvents()
    {
        var header = JsonSerializer.Deserialize(Read(ArchiveFormat.HeaderEntry), ArchiveJsonContext.Default.ArchiveHeader);
        if (header?.Format != ArchiveFormat.Name)
        {
            throw NoArchive(_path, null);
        }

        if (header.Version > ArchiveFormat.Version)
        {
            throw new StoreException(
                $"The archive {_path} has format {header.Version}, and this AdvFit knows {ArchiveFormat.Version}; use a newer one.");
        }

        var text = Read(ArchiveFormat.EventsEntry);
        if (Convert.ToHexStringLower(SHA256.HashData(text)) != header.EventsSha256)
        {
            throw Damaged("its events do not match their hash");
        }

        var events = new List<TimedEvent>(header.Events);
        SweepState? state = null;
        using var lines = new StreamReader(new MemoryStream(text));
        while (lines.ReadLine() is { } line)
        {
            try
            {
                events.Add(ArchiveFormat.Read(line));
                state = SweepState.Apply(state, events[^1].Event, events[^1].At);
            }
            catch (Exception error) when (error is FormatException or InvalidOperationException)
            {
                throw new StoreException(
                    $"The archive {_path} cannot be understood at event {events.Count + 1}: {error.Message.TrimEnd('.')}.", error);
            }
        }

        if (state is null || events.Count != header.Events || SweepId.Of(state.Spec) != header.Sweep || !SweepId.IsWellFormed(header.Sweep))
        {
            throw Damaged($"its events are not those of a sweep {header.Sweep}");
        }

        (Sweep, Events) = (header.Sweep, events);
    }

    private byte[] Read(string name)
    {
        var entry = _zip.GetEntry(name) ?? throw Damaged($"{name} is missing");
        using var contents = new MemoryStream();
        using var stream = entry.Open();
        stream.CopyTo(contents);
        return contents.ToArray();
    }

    private StoreException Damaged(string how, Exception? cause = null) =>
        new($"The archive {_path} is damaged: {how}; export it again, or copy it again.", cause);

    private static StoreException NoArchive(string path, Exception? cause) =>
        new($"{path} is no archive of a sweep, or is cut short; `advfit export` writes one.", cause);
}
