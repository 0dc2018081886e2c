using System.Security.Cryptography;
using AdvFit.Experiments;
using AdvFit.Messages;

namespace AdvFit.Sweeps.Store;

/// <summary>The artifacts of one sweep as files in a folder, named by the start of their hash. Thread-safe.</summary>
public sealed class ArtifactStore : IArtifactStore
{
    /// <summary>The folder, in that of a sweep, where files are while they are written.</summary>
    internal const string PartialFolder = ".partial";

    private const int HexDigitsInName = 12;

    private readonly string _root;
    private readonly string _partial;

    /// <summary>Opens the folder, which need not exist yet.</summary>
    /// <param name="folder">The sweep's folder.</param>
    /// <param name="writer">
    /// Where several processes write to the folder, a name that none of the others has: their half-written files do not meet.
    /// </param>
    public ArtifactStore(string folder, string writer = "")
    {
        _root = Path.GetFullPath(folder);
        _partial = Path.Combine(_root, PartialFolder, writer);
    }

    /// <summary>Full path of the folder.</summary>
    public string Folder => _root;

    /// <summary>
    /// Removes the half-written files that a process which died left behind. Only for the holder of the store's lock.
    /// </summary>
    /// <exception cref="StoreException">They cannot be removed.</exception>
    public void RemovePartialFiles() => Guard(_partial, () =>
    {
        if (Directory.Exists(_partial))
        {
            Directory.Delete(_partial, recursive: true);
        }
    });

    /// <summary>The file of an artifact, whether or not it exists.</summary>
    public string PathOf(Artifact artifact) => Locate(artifact.Path);

    /// <summary>Writes a file under the name that it has already, durably and never by half.</summary>
    /// <param name="artifact">The file.</param>
    /// <param name="contents">What its hash is of.</param>
    /// <exception cref="StoreException">The disk is full, the store is read-only, ..</exception>
    public void Restore(Artifact artifact, ReadOnlySpan<byte> contents)
    {
        var path = Locate(artifact.Path);
        try
        {
            Put(path, contents);
        }
        catch (Exception error) when (StoreFaults.IsFault(error))
        {
            throw StoreFaults.Explain(path, error);
        }
    }

    /// <summary>The same from a stream, which is not held in memory.</summary>
    /// <param name="artifact">The file.</param>
    /// <param name="contents">Gives the contents.</param>
    /// <param name="cancellation">Gives it up; nothing of the file is left then.</param>
    /// <exception cref="InvalidDataException">The contents are not those of the artifact; the file is not there then.</exception>
    /// <exception cref="StoreException">The disk is full, the store is read-only, ..</exception>
    public async Task RestoreAsync(Artifact artifact, Stream contents, CancellationToken cancellation)
    {
        var (path, partial) = (Locate(artifact.Path), NewPartial());
        Guard(path, () =>
        {
            DirectorySync.Create(_partial);
            DirectorySync.Create(Path.GetDirectoryName(path)!);
        });
        try
        {
            using (var file = Guard(path, () => new FileStream(partial, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0)))
            {
                await CopyAsync(artifact, contents, bytes => Guard(path, () => file.Write(bytes.Span)), cancellation);
                Guard(path, () => file.Flush(flushToDisk: true));
            }

            Guard(path, () => File.Move(partial, path, overwrite: true));
        }
        catch
        {
            File.Delete(partial);
            throw;
        }

        Guard(path, () => DirectorySync.Flush(Path.GetDirectoryName(path)!));
    }

    /// <inheritdoc/>
    /// <exception cref="StoreException">The disk is full, the store is read-only, ..</exception>
    public Artifact Write(string name, string extension, ReadOnlyMemory<byte> contents)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(contents.Span));
        var artifact = new Artifact($"{name}-{hash[..HexDigitsInName]}{extension}", hash, contents.Length);
        Restore(artifact, contents.Span);
        return artifact;
    }

    /// <inheritdoc/>
    /// <exception cref="StoreException">The file is there but the system will not let it be read.</exception>
    public bool TryRead(Artifact artifact, out byte[] contents)
    {
        var path = Locate(artifact.Path);
        var read = Guard(path, () => File.Exists(path) ? File.ReadAllBytes(path) : null);
        var intact = read is not null && read.Length == artifact.Bytes
            && Convert.ToHexStringLower(SHA256.HashData(read)) == artifact.Sha256;
        contents = intact ? read! : [];
        return intact;
    }

    /// <inheritdoc/>
    /// <exception cref="StoreException">The file cannot be deleted.</exception>
    public void Delete(Artifact artifact)
    {
        var path = Locate(artifact.Path);
        Guard(path, () =>
        {
            if (File.Exists(path))
            {
                CrashPoints.Pass();
                File.Delete(path);
                CrashPoints.Pass();
            }
        });
    }

    private string Locate(string relative)
    {
        var path = Path.GetFullPath(Path.Combine(_root, relative));
        return path.StartsWith(_root + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new ArgumentException($"The artifact {relative} would lie outside its sweep's folder.", nameof(relative));
    }

    /// <summary>A name that no other process takes, should several write to one folder.</summary>
    private string NewPartial() => Path.Combine(_partial, Guid.NewGuid().ToString("N"));

    private void Put(string path, ReadOnlySpan<byte> contents)
    {
        DirectorySync.Create(_partial);
        DirectorySync.Create(Path.GetDirectoryName(path)!);
        var partial = NewPartial();
        try
        {
            using (var file = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                file.Write(contents);
                CrashPoints.Pass();
                file.Flush(flushToDisk: true);
            }

            CrashPoints.Pass();
            File.Move(partial, path, overwrite: true);
            CrashPoints.Pass();
        }
        catch (IOException)
        {
            // A full disk should not stay full of what cannot be used.
            File.Delete(partial);
            throw;
        }

        DirectorySync.Flush(Path.GetDirectoryName(path)!);
    }

    /// <summary>Hands the contents on piece by piece, and refuses them in the end if they are not the artifact's.</summary>
    private static async Task CopyAsync(
        Artifact artifact, Stream contents, Action<ReadOnlyMemory<byte>> write, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (buffer, length) = (new byte[1 << 16], 0L);
        while (await contents.ReadAsync(buffer, cancellation) is > 0 and var read)
        {
            hash.AppendData(buffer, 0, read);
            write(buffer.AsMemory(0, read));
            length += read;
        }

        var found = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (found != artifact.Sha256 || length != artifact.Bytes)
        {
            throw new InvalidDataException(
                $"{artifact.Path} came with {length} bytes of SHA-256 {found} instead of {artifact.Bytes} of {artifact.Sha256}; send it again.");
        }
    }

    private static void Guard(string path, Action action) => Guard(path, () =>
    {
        action();
        return true;
    });

    private static T Guard<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception error) when (StoreFaults.IsFault(error))
        {
            throw StoreFaults.Explain(path, error);
        }
    }
}
