using AdvFit.Messages;

namespace AdvFit.Experiments;

/// <summary>The files of one sweep. Thread-safe.</summary>
public interface IArtifactStore
{
    /// <summary>
    /// Writes a file under a temporary name, flushes it to the disk and renames it to the name with its hash (design
    /// rule 4). Writing the same bytes again is harmless.
    /// </summary>
    /// <param name="name">Path below the sweep's folder, with forward slashes, such as <c>shuffle-01/epoch-05</c>.</param>
    /// <param name="extension">Extension with its dot.</param>
    /// <param name="contents">The whole file.</param>
    /// <exception cref="IOException">The disk is full, the store is read-only, ..</exception>
    Artifact Write(string name, string extension, ReadOnlyMemory<byte> contents);

    /// <summary>The whole file, its hash checked; false where it is missing or not what was written.</summary>
    bool TryRead(Artifact artifact, out byte[] contents);

    /// <summary>Deletes the file; no error where there is none.</summary>
    void Delete(Artifact artifact);
}
