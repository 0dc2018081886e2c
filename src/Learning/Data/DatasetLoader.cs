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
    /// <param name="request">How it is wanted; null as it was published.</param>
    /// <returns>
    /// The data set. Its provenance has notes that name the files of a known data set that are not the published ones, and the
    /// photographs that were left out.
    /// </returns>
    /// <exception cref="DatasetException">
    /// It is unknown or missing, lies where none may, a file is truncated, corrupt or of another kind, or the request does not fit it.
    /// </exception>
    public static Dataset Load(DatasetFolders folders, string nameOrPath, DatasetRequest? request = null)
    {
        ArgumentNullException.ThrowIfNull(folders);
        ArgumentException.ThrowIfNullOrEmpty(nameOrPath);
        var wanted = (request ?? DatasetRequest.Published) with { Cache = folders.Prepared };
        var data = Published(folders, nameOrPath, wanted);
        return wanted.TestSize is { } size ? data.WithTestSize(size) : data;
    }

    private static Dataset Published(DatasetFolders folders, string nameOrPath, DatasetRequest request)
    {
        if (DatasetCatalog.Find(nameOrPath) is { } known)
        {
            return KnownDatasetLoader.Load(known, folders.FolderOf(known), request);
        }

        var isPath = nameOrPath.AsSpan().ContainsAny('/', '\\');
        var isThere = Directory.Exists(nameOrPath) || File.Exists(nameOrPath);
        if (isPath || isThere)
        {
            folders.RequireWithin(nameOrPath);
        }

        if (isThere)
        {
            var path = Path.GetFullPath(nameOrPath);
            return Dataset.Of(
                Path.GetFileName(Path.TrimEndingDirectorySeparator(path)), DatasetLayouts.Of(path).Load(path, null, request));
        }

        throw isPath
            ? new DatasetException($"There is no folder {nameOrPath}; name one with {DatasetLayouts.Names} files.")
            : new DatasetException(
                $"No data set or folder is called '{nameOrPath}'; known data sets are "
                + $"{string.Join(", ", DatasetCatalog.All.Select(each => each.Name))}.");
    }
}
