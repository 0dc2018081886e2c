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

    /// <summary>Reads all files, by name.</summary>
    /// <exception cref="DatasetException">One is missing, unreadable, or its compression is corrupt.</exception>
    internal abstract IReadOnlyDictionary<string, DataFile> Read(string path);

    /// <summary>Decodes what <see cref="Read"/> gave.</summary>
    /// <param name="files">The files by name.</param>
    /// <param name="classes">Names of the classes; null has the layout name them.</param>
    /// <exception cref="DatasetException">A file is not what it should be, or the files do not belong together.</exception>
    internal abstract DatasetSplits Decode(IReadOnlyDictionary<string, DataFile> files, IReadOnlyList<string>? classes);

    /// <summary>Puts the files of a downloaded archive beside it and deletes it; nothing in a layout without archive.</summary>
    /// <exception cref="DatasetException">The archive is corrupt or lacks a file.</exception>
    internal virtual void Unpack(string folder)
    {
    }
}
