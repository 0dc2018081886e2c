using AdvFit.Learning.Data.Known;

namespace AdvFit.Learning.Data.Layouts;

/// <summary>How the files of a data set are laid out: their names, their places in a folder, and the reader of them.</summary>
public abstract class DatasetLayout
{
    /// <summary>What the layout is called in "a folder with .. files".</summary>
    internal abstract string Name { get; }

    /// <summary>The files that a folder needs, in words.</summary>
    internal abstract string FilesInWords { get; }

    /// <summary>Names of the files that must be there.</summary>
    internal abstract IReadOnlyList<string> Files { get; }

    /// <summary>Path of one file in a folder, compressed or not; null where it is not there.</summary>
    internal abstract string? PathOf(string folder, string name);

    /// <summary>Path of the archive of all files, where that is what would be read of a path; else null.</summary>
    internal virtual string? ArchiveIn(string path) => null;

    /// <summary>Whether a path leads to any of the files or to their archive.</summary>
    internal bool IsIn(string path) => ArchiveIn(path) is not null || Files.Any(name => PathOf(path, name) is not null);

    /// <summary>Whether a path leads to all of the files or to their archive, whatever they hold.</summary>
    internal bool IsComplete(string path) =>
        ArchiveIn(path) is not null || Files.All(name => PathOf(path, name) is not null);

    /// <summary>Reads and decodes the splits.</summary>
    /// <param name="path">The folder or archive.</param>
    /// <param name="known">The data set that it should be; null for one of somebody's own.</param>
    /// <param name="request">How it is wanted.</param>
    /// <exception cref="DatasetException">
    /// A file is missing, unreadable or not what it should be; or there are more, fewer or other images than published.
    /// </exception>
    internal abstract DatasetSplits Load(string path, KnownDataset? known, DatasetRequest request);

    /// <summary>Puts the files of a downloaded archive beside it and deletes it; nothing in a layout without archive.</summary>
    /// <exception cref="DatasetException">The archive is corrupt or lacks a file.</exception>
    internal virtual void Unpack(string folder)
    {
    }
}
