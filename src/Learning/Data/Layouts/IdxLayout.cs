namespace AdvFit.Learning.Data.Layouts;

/// <summary>The four files of MNIST: images and labels of either split in IDX, plain or compressed with gzip.</summary>
public sealed class IdxLayout : FileLayout
{
    internal const string TrainImages = "train-images-idx3-ubyte";
    internal const string TrainLabels = "train-labels-idx1-ubyte";
    internal const string TestImages = "t10k-images-idx3-ubyte";
    internal const string TestLabels = "t10k-labels-idx1-ubyte";

    /// <summary>Most classes that a label of one byte can tell apart.</summary>
    private const int MostClasses = 256;

    internal override string Name => "IDX";

    internal override string FilesInWords => $"the IDX files {string.Join(", ", Files)} (plain or .gz)";

    internal override IReadOnlyList<string> Files { get; } = [TrainImages, TrainLabels, TestImages, TestLabels];

    internal override string? PathOf(string folder, string name)
    {
        string[] candidates = [Path.Combine(folder, name), Path.Combine(folder, name + ".gz")];
        return candidates.FirstOrDefault(File.Exists);
    }

    internal override IReadOnlyDictionary<string, DataFile> Read(string path) => Files.ToDictionary(
        name => name,
        name => DataFile.Read(PathOf(path, name)
            ?? throw new DatasetException($"{path} lacks {name}; put the file, or {name}.gz, there.")));

    /// <summary>Decodes the splits; classes without names are called by their numbers.</summary>
    internal override DatasetSplits Decode(IReadOnlyDictionary<string, DataFile> files, IReadOnlyList<string>? classes)
    {
        var most = classes?.Count ?? MostClasses;
        var train = IdxReader.Decode(files[TrainImages], files[TrainLabels], most);
        var test = IdxReader.Decode(files[TestImages], files[TestLabels], most);
        return train.Shape == test.Shape
            ? new DatasetSplits(train, test, classes ?? Numbers(Math.Max(train.Labels.Max(), test.Labels.Max()) + 1))
            : throw DatasetException.At(
                files[TestImages].Path, 8, $"test images of {test.Shape}, but train images of {train.Shape}",
                "the files do not belong together: replace them");
    }

    private static string[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(label => $"{label}")];
}
