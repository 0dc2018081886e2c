using AdvFit.Learning.Data.Known;
using AdvFit.Learning.Data.Layouts;
using AdvFit.Learning.Data.Photographs;

namespace AdvFit.Learning.Data.Fetching;

/// <summary>The outcome of checking one file.</summary>
public enum FileState
{
    /// <summary>Its contents are the published ones.</summary>
    Published,

    /// <summary>It can be read, but its contents are not the published ones.</summary>
    Different,

    /// <summary>It is not there.</summary>
    Missing,

    /// <summary>It is there, but cannot be read or unpacked.</summary>
    Unreadable,
}

/// <summary>The check of one file.</summary>
/// <param name="File">Its published name.</param>
/// <param name="State">The outcome.</param>
/// <param name="Detail">One line for a person: the hash, or what is wrong.</param>
public sealed record FileStatus(string File, FileState State, string Detail);

/// <summary>Checks the files of a known data set against what was published.</summary>
public static class DatasetVerifier
{
    /// <summary>
    /// One line per file, of photographs one per folder of a class. Contents are compared decompressed, so a file that was packed
    /// again counts as published. Where the files lie in their archive alone, the one line is the archive's.
    /// </summary>
    /// <param name="known">The data set.</param>
    /// <param name="folder">Its folder, as <see cref="DatasetFolders.FolderOf"/> says.</param>
    public static IReadOnlyList<FileStatus> Verify(KnownDataset known, string folder)
    {
        ArgumentNullException.ThrowIfNull(known);
        if (known.Layout is PhotographLayout)
        {
            return PublishedPhotographs.Verify(known, folder);
        }

        return known.Layout.ArchiveIn(folder) is { } archive
            ? [Check(known.Downloads[0], archive, DataFile.Sha256OnDisk)]
            : [.. known.Files.Select(file => Check(
                file, known.Layout.PathOf(folder, file.Name), path => DataFile.Read(path).Sha256()))];
    }

    private static FileStatus Check(PublishedFile published, string? path, Func<string, string> hash)
    {
        if (path is null)
        {
            return new FileStatus(published.Name, FileState.Missing, "missing");
        }

        try
        {
            var sha256 = hash(path);
            return sha256 == published.Sha256
                ? new FileStatus(published.Name, FileState.Published, $"SHA-256 {sha256}, as published")
                : new FileStatus(
                    published.Name, FileState.Different, $"SHA-256 {sha256} instead of {published.Sha256}");
        }
        catch (DatasetException error)
        {
            return new FileStatus(published.Name, FileState.Unreadable, error.Message);
        }
    }
}
