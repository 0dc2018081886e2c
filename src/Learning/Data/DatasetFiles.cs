namespace AdvFit.Learning.Data;

/// <summary>The files of a data set in either layout: finding, reading and decoding them.</summary>
internal static class DatasetFiles
{
    private static readonly string[] IdxFiles =
    [
        DatasetCatalog.TrainImages, DatasetCatalog.TrainLabels, DatasetCatalog.TestImages, DatasetCatalog.TestLabels,
    ];

    /// <summary>The layout of a user's folder or archive.</summary>
    /// <exception cref="DatasetException">It holds neither.</exception>
    public static DatasetLayout LayoutOf(string path)
    {
        if (File.Exists(path) || Cifar10Reader.IsIn(path))
        {
            return DatasetLayout.Cifar10;
        }

        return IdxFiles.Any(name => IdxPath(path, name) is not null)
            ? DatasetLayout.Idx
            : throw new DatasetException(
                $"{path} holds no data set; it needs the IDX files {string.Join(", ", IdxFiles)} (plain or .gz) or the "
                + "binary files of CIFAR-10.");
    }

    /// <summary>Whether all files are there.</summary>
    public static bool ArePresent(DatasetLayout layout, string folder) => layout == DatasetLayout.Idx
        ? IdxFiles.All(name => IdxPath(folder, name) is not null)
        : Cifar10Reader.IsComplete(folder);

    /// <summary>Path of one published file, compressed or not; null where it is not there.</summary>
    public static string? PathOf(DatasetLayout layout, string folder, string name) => layout == DatasetLayout.Idx
        ? IdxPath(folder, name)
        : Cifar10Reader.PathOf(folder, name);

    /// <summary>Reads all files, by published name.</summary>
    /// <exception cref="DatasetException">One is missing, unreadable, or its compression is corrupt.</exception>
    public static IReadOnlyDictionary<string, DataFile> Read(DatasetLayout layout, string path) =>
        layout == DatasetLayout.Cifar10
            ? Cifar10Reader.ReadFiles(path)
            : IdxFiles.ToDictionary(
                name => name,
                name => DataFile.Read(IdxPath(path, name)
                    ?? throw new DatasetException($"{path} lacks {name}; put the file, or {name}.gz, there.")));

    /// <summary>Decodes what <see cref="Read"/> gave.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="files">The files by published name.</param>
    /// <param name="classes">Number of classes, at most 256, of an IDX data set.</param>
    /// <exception cref="DatasetException">A file is not what it should be, or the splits differ in shape.</exception>
    public static (ImageSet Train, ImageSet Test) Decode(
        DatasetLayout layout, IReadOnlyDictionary<string, DataFile> files, int classes)
    {
        if (layout == DatasetLayout.Cifar10)
        {
            return (Cifar10Reader.DecodeTrain(files), Cifar10Reader.DecodeTest(files));
        }

        var testImages = files[DatasetCatalog.TestImages];
        var train = IdxReader.Decode(files[DatasetCatalog.TrainImages], files[DatasetCatalog.TrainLabels], classes);
        var test = IdxReader.Decode(testImages, files[DatasetCatalog.TestLabels], classes);
        return train.Shape == test.Shape
            ? (train, test)
            : throw DatasetException.At(
                testImages.Path, 8, $"test images of {test.Shape}, but train images of {train.Shape}",
                "the files do not belong together: replace them");
    }

    private static string? IdxPath(string folder, string name)
    {
        string[] candidates = [Path.Combine(folder, name), Path.Combine(folder, name + ".gz")];
        return candidates.FirstOrDefault(File.Exists);
    }
}
