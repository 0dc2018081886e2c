using System.Text;

namespace AdvFit.Learning.Data.Layouts;

/// <summary>
/// Reader of the binary format of CIFAR-10 (Krizhevsky 2009): records of a label byte and 3 x 32 x 32 pixel bytes, red
/// plane first.
/// </summary>
internal static class Cifar10Reader
{
    private static readonly ImageShape Shape = new(3, 32, 32);
    private static readonly int RecordLength = 1 + Shape.Length;

    /// <summary>Decodes the images and labels of files, in their order.</summary>
    /// <param name="files">The files.</param>
    /// <param name="classes">Number of classes; every label must be below.</param>
    /// <exception cref="DatasetException">A file is truncated, or a label is no class.</exception>
    public static ImageSet Decode(DataFile[] files, int classes)
    {
        var count = files.Sum(CountRecords);
        var pixels = new byte[checked(count * Shape.Length)];
        var labels = new byte[count];
        var image = 0;
        foreach (var file in files)
        {
            for (var at = 0; at < file.Contents.Length; at += RecordLength, image++)
            {
                var label = file.Contents[at];
                labels[image] = label < classes
                    ? label
                    : throw DatasetException.At(
                        file.Path, at, $"label {label}, where labels are 0 to {classes - 1}", DataFile.Replace);
                file.Contents.AsSpan(at + 1, Shape.Length).CopyTo(pixels.AsSpan(image * Shape.Length));
            }
        }

        return new ImageSet(Shape, pixels, labels);
    }

    /// <summary>The names of the classes, a line each.</summary>
    /// <exception cref="DatasetException">There are more or fewer names than classes.</exception>
    public static IReadOnlyList<string> ClassesOf(DataFile file, int classes)
    {
        var names = Encoding.UTF8.GetString(file.Contents)
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return names.Length == classes
            ? names
            : throw DatasetException.At(
                file.Path, 0, $"{names.Length} class names, where CIFAR-10 has {classes}", "replace or delete the file");
    }

    private static int CountRecords(DataFile file)
    {
        var (records, rest) = Math.DivRem(file.Contents.Length, RecordLength);
        return rest == 0 && records > 0
            ? records
            : throw DatasetException.At(
                file.Path, (long)records * RecordLength,
                $"{rest} bytes follow {records} whole records of {RecordLength}: the file is truncated or not of CIFAR-10",
                DataFile.Replace);
    }
}
