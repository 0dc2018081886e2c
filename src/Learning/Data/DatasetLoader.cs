using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using AdvFit.Messages;

namespace AdvFit.Learning.Data;

/// <summary>Loads data sets by name or path, and says what they are for the results.</summary>
public static class DatasetLoader
{
    /// <summary>Most classes that a label of one byte can tell apart.</summary>
    private const int MostClasses = 256;

    /// <summary>Loads a data set into memory.</summary>
    /// <param name="folders">Where known data sets lie.</param>
    /// <param name="nameOrPath">
    /// A name of <see cref="DatasetCatalog"/>; or the path of a folder with IDX or CIFAR-10 files, or of an archive of
    /// CIFAR-10. A folder's data set is called after the folder, and its classes by their numbers if it holds IDX files.
    /// </param>
    /// <returns>
    /// The data set. Its provenance has a note that names the files of a known data set that are not the published ones.
    /// </returns>
    /// <exception cref="DatasetException">It is unknown or missing, or a file is truncated, corrupt or of another kind.</exception>
    public static Dataset Load(DatasetFolders folders, string nameOrPath)
    {
        ArgumentNullException.ThrowIfNull(folders);
        ArgumentException.ThrowIfNullOrEmpty(nameOrPath);
        if (DatasetCatalog.Find(nameOrPath) is { } known)
        {
            return LoadKnown(known, folders.FolderOf(known));
        }

        if (Directory.Exists(nameOrPath) || File.Exists(nameOrPath))
        {
            return LoadPath(Path.GetFullPath(nameOrPath));
        }

        throw nameOrPath.AsSpan().ContainsAny('/', '\\')
            ? new DatasetException($"There is no folder {nameOrPath}; name one with IDX or CIFAR-10 files.")
            : new DatasetException(
                $"No data set or folder is called '{nameOrPath}'; known data sets are "
                + $"{string.Join(", ", DatasetCatalog.All.Select(each => each.Name))}.");
    }

    /// <summary>
    /// SHA-256, in lower-case hexadecimal, of a data set's contents, however they were packed. Hashed are, in this order:
    /// channels, height, width, number of train images, number of test images, each as 4 little-endian bytes; train
    /// pixels [image][channel][row][column], a byte each; train labels, a byte each; test pixels; test labels.
    /// </summary>
    public static string Hash(ImageSet train, ImageSet test)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(test);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[4];
        foreach (var size in (ReadOnlySpan<int>)
            [train.Shape.Channels, train.Shape.Height, train.Shape.Width, train.Count, test.Count])
        {
            BinaryPrimitives.WriteInt32LittleEndian(number, size);
            hash.AppendData(number);
        }

        foreach (var set in (ReadOnlySpan<ImageSet>)[train, test])
        {
            hash.AppendData(set.Pixels);
            hash.AppendData(set.Labels);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static Dataset LoadKnown(KnownDataset known, string folder)
    {
        if (!DatasetFiles.ArePresent(known.Layout, folder))
        {
            throw Missing(known, folder);
        }

        var files = DatasetFiles.Read(known.Layout, folder);
        var (train, test) = DatasetFiles.Decode(known.Layout, files, known.Classes.Length);
        CheckSize(known, folder, "train", train, known.Train);
        CheckSize(known, folder, "test", test, known.Test);
        return Assemble(known.Name, known.Classes, train, test, Notes(known, files));
    }

    private static DatasetException Missing(KnownDataset known, string folder)
    {
        var missing = known.Files.Select(file => file.Name)
            .Where(name => DatasetFiles.PathOf(known.Layout, folder, name) is null).ToList();
        var problem = missing.Count == known.Files.Length
            ? $"{known.Name} is not in {folder}"
            : $"{folder} lacks {string.Join(", ", missing)} of {known.Name}";
        return new DatasetException(known.IsEmbedded
            ? $"{problem}, where AdvFit's own files belong; install AdvFit again."
            : $"{problem}; run `advfit data fetch {known.Name}`, or {ManualDownload.Describe(known, folder)}");
    }

    private static Dataset LoadPath(string path)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
        var layout = DatasetFiles.LayoutOf(path);
        var files = DatasetFiles.Read(layout, path);
        var (train, test) = DatasetFiles.Decode(layout, files, MostClasses);
        var classes = layout == DatasetLayout.Cifar10
            ? Cifar10Reader.DecodeClasses(files)
            : [.. Enumerable.Range(0, Math.Max(train.Labels.Max(), test.Labels.Max()) + 1).Select(label => $"{label}")];
        return Assemble(name, classes, train, test, []);
    }

    private static Dataset Assemble(
        string name, IReadOnlyList<string> classes, ImageSet train, ImageSet test, ImmutableArray<string> notes) =>
        new(new DataProvenance(name, train.Count, test.Count, Hash(train, test), notes), classes, train, test);

    private static void CheckSize(KnownDataset known, string folder, string split, ImageSet set, int published)
    {
        if (set.Count != published || set.Shape != known.Shape)
        {
            throw new DatasetException(
                $"{folder} holds {set.Count} {split} images of {set.Shape}, but {known.Name} has {published} of "
                + $"{known.Shape}; replace its files, or use them by the folder's path as a data set of your own.");
        }
    }

    private static ImmutableArray<string> Notes(KnownDataset known, IReadOnlyDictionary<string, DataFile> files)
    {
        var different = (
            from published in known.Files
            let sha256 = files[published.Name].Sha256()
            where sha256 != published.Sha256
            select $"{published.Name} has SHA-256 {sha256[..8]}.. instead of {published.Sha256[..8]}..").ToList();
        return different.Count == 0
            ? []
            : [$"{known.Name}: {different.Count} of {known.Files.Length} files are not the published ones: {string.Join(", ", different)}"];
    }
}
