using AdvFit.Learning.Data.Known;
using AdvFit.Learning.Data.Layouts;

namespace AdvFit.Learning.Data;

/// <summary>Loads data sets by name or path.</summary>
public static class DatasetLoader
{
    /// <summary>Loads a data set into memory.</summary>
    /// <param name="folders">Where known data sets lie.</param>
    /// <param name="nameOrPath">
    /// A name of <see cref="DatasetCatalog"/>; or the path of a folder with the files of one of
    /// <see cref="DatasetLayouts"/>, or of an archive of them. Such a data set is called after the folder.
    /// </param>
    /// <returns>
    /// The data set. Its provenance has a note that names the files of a known data set that are not the published ones.
    /// </returns>
    /// <exception cref="DatasetException">
    /// It is unknown or missing, lies where none may, or a file is truncated, corrupt or of another kind.
    /// </exception>
    public static Dataset Load(DatasetFolders folders, string nameOrPath)
    {
        ArgumentNullException.ThrowIfNull(folders);
        ArgumentException.ThrowIfNullOrEmpty(nameOrPath);
        if (DatasetCatalog.Find(nameOrPath) is { } known)
        {
            return KnownDatasetLoader.Load(known, folders.FolderOf(known));
        }

        var isPath = nameOrPath.AsSpan().ContainsAny('/', '\\');
        var isThere = Directory.Exists(nameOrPath) || File.Exists(nameOrPath);
        if (isPath || isThere)
        {
            folders.RequireWithin(nameOrPath);
        }

        if (isThere)
        {
            return LoadPath(Path.GetFullPath(nameOrPath));
        }

        throw isPath
            ? new DatasetException($"There is no folder {nameOrPath}; name one with {DatasetLayouts.Names} files.")
            : new DatasetException(
                $"No data set or folder is called '{nameOrPath}'; known data sets are "
                + $"{string.Join(", ", DatasetCatalog.All.Select(each => each.Name))}.");
    }

    private static Dataset LoadPath(string path)
    {
        var layout = DatasetLayouts.Of(path);
        return Dataset.Of(
            Path.GetFileName(Path.TrimEndingDirectorySeparator(path)), layout.Decode(layout.Read(path), classes: null), []);
    }
}
