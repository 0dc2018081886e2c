using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace AdvFit.Learning.Data;

/// <summary>
/// Reader of the binary layout of CIFAR-10 (Krizhevsky 2009): records of a label byte and 3 x 32 x 32 pixel bytes, red
/// plane first, in five train files and one test file.
/// </summary>
public static class Cifar10Reader
{
    internal const string ArchiveName = "cifar-10-binary.tar.gz";
    internal const string ArchiveFolder = "cifar-10-batches-bin";
    internal const string ClassNamesFile = "batches.meta.txt";
    internal const string TestFile = "test_batch.bin";

    private static readonly ImageShape Shape = new(3, 32, 32);
    private static readonly int RecordLength = 1 + Shape.Length;

    internal static IReadOnlyList<string> TrainFiles { get; } =
        [.. Enumerable.Range(1, 5).Select(batch => $"data_batch_{batch}.bin")];

    internal static IReadOnlyList<string> BuiltInClasses { get; } =
        ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    /// <summary>Reads the train and test images.</summary>
    /// <param name="path">
    /// A folder with the six .bin files, or with a folder <c>cifar-10-batches-bin</c> of them, or with
    /// <c>cifar-10-binary.tar.gz</c>, looked for in this order; or such an archive itself.
    /// </param>
    /// <returns>The splits, and the classes of <c>batches.meta.txt</c>, or the published ones where there is none.</returns>
    /// <exception cref="DatasetException">A file is missing, truncated or corrupt, or a label is above 9.</exception>
    public static (ImageSet Train, ImageSet Test, IReadOnlyList<string> Classes) Read(string path)
    {
        var files = ReadFiles(path);
        return (DecodeTrain(files), DecodeTest(files), DecodeClasses(files));
    }

    /// <summary>Whether a folder holds any of the layout's files or its archive.</summary>
    internal static bool IsIn(string folder) => FolderIn(folder) is not null || ArchiveIn(folder) is not null;

    /// <summary>Whether a folder holds all of the layout's files, or its archive.</summary>
    internal static bool IsComplete(string folder) =>
        ArchiveIn(folder) is not null || TrainFiles.Append(TestFile).All(name => PathOf(folder, name) is not null);

    /// <summary>Path of one file of the layout; null where it is not there.</summary>
    internal static string? PathOf(string folder, string name) =>
        FolderIn(folder) is { } found && File.Exists(Path.Combine(found, name)) ? Path.Combine(found, name) : null;

    /// <summary>Path of the archive where it is what would be read, null where it is not.</summary>
    internal static string? ArchiveIn(string folder)
    {
        var archive = Path.Combine(folder, ArchiveName);
        return FolderIn(folder) is null && File.Exists(archive) ? archive : null;
    }

    /// <summary>The files of the layout by name, without <c>batches.meta.txt</c> where there is none.</summary>
    internal static IReadOnlyDictionary<string, DataFile> ReadFiles(string path)
    {
        var source = File.Exists(path) ? path : FolderIn(path) ?? ArchiveIn(path) ?? throw new DatasetException(
            $"{path} holds no CIFAR-10 files; put {ArchiveName}, or {string.Join(", ", TrainFiles)} and {TestFile}, there.");
        var files = Directory.Exists(source) ? ReadFolder(source) : ReadArchive(source);
        foreach (var name in TrainFiles.Append(TestFile))
        {
            if (!files.ContainsKey(name))
            {
                throw new DatasetException($"{source} lacks {name}; put the file there.");
            }
        }

        return files;
    }

    /// <summary>Puts the archive's files beside it, each under a temporary name first, and deletes the archive.</summary>
    /// <exception cref="DatasetException">The archive is corrupt or lacks a file.</exception>
    internal static void Unpack(string folder)
    {
        var archive = Path.Combine(folder, ArchiveName);
        foreach (var file in ReadFiles(archive).Values)
        {
            var path = Path.Combine(folder, file.Name);
            using (var part = File.Create(path + ".part"))
            {
                part.Write(file.Contents);
                part.Flush(flushToDisk: true);
            }

            File.Move(path + ".part", path, overwrite: true);
        }

        File.Delete(archive);
    }

    internal static ImageSet DecodeTrain(IReadOnlyDictionary<string, DataFile> files) =>
        Decode([.. TrainFiles.Select(name => files[name])]);

    internal static ImageSet DecodeTest(IReadOnlyDictionary<string, DataFile> files) => Decode([files[TestFile]]);

    internal static IReadOnlyList<string> DecodeClasses(IReadOnlyDictionary<string, DataFile> files)
    {
        if (!files.TryGetValue(ClassNamesFile, out var file))
        {
            return BuiltInClasses;
        }

        var names = Encoding.UTF8.GetString(file.Contents)
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return names.Length == BuiltInClasses.Count
            ? names
            : throw DatasetException.At(
                file.Path, 0, $"{names.Length} class names, where CIFAR-10 has {BuiltInClasses.Count}",
                "replace or delete the file");
    }

    /// <summary>The folder with the .bin files, seen from a folder; null where there is none.</summary>
    private static string? FolderIn(string folder)
    {
        string[] candidates = [folder, Path.Combine(folder, ArchiveFolder)];
        return candidates.FirstOrDefault(candidate => TrainFiles.Append(TestFile).Any(
            name => File.Exists(Path.Combine(candidate, name))));
    }

    private static Dictionary<string, DataFile> ReadFolder(string folder) =>
        TrainFiles.Append(TestFile).Append(ClassNamesFile)
            .Select(name => Path.Combine(folder, name))
            .Where(File.Exists)
            .Select(path => new DataFile(path, Path.GetFileName(path), DataFile.Read(path).Contents))
            .ToDictionary(file => file.Name);

    private static Dictionary<string, DataFile> ReadArchive(string archive)
    {
        try
        {
            using var packed = File.OpenRead(archive);
            return ReadArchive(archive, packed);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"{archive} cannot be read: {error.Message}", error);
        }
    }

    private static Dictionary<string, DataFile> ReadArchive(string archive, FileStream packed)
    {
        var wanted = TrainFiles.Append(TestFile).Append(ClassNamesFile).ToHashSet();
        var files = new Dictionary<string, DataFile>();
        try
        {
            using var tar = new TarReader(new GZipStream(packed, CompressionMode.Decompress, leaveOpen: true));
            while (tar.GetNextEntry() is { } entry)
            {
                var name = Path.GetFileName(entry.Name);
                if (wanted.Contains(name) && entry.DataStream is { } data)
                {
                    var contents = new byte[entry.Length];
                    data.ReadExactly(contents);
                    files[name] = new DataFile($"{archive}({entry.Name})", name, contents);
                }
            }
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw DatasetException.At(
                archive, packed.Position, "the archive is corrupt or truncated here or shortly before", DataFile.Replace,
                error);
        }

        return files;
    }

    private static ImageSet Decode(DataFile[] files)
    {
        var count = files.Sum(CountRecords);
        var pixels = new byte[checked(count * Shape.Length)];
        var labels = new byte[count];
        var image = 0;
        foreach (var file in files)
        {
            for (var at = 0; at < file.Contents.Length; at += RecordLength, image++)
            {
                labels[image] = CheckedLabel(file, at);
                file.Contents.AsSpan(at + 1, Shape.Length).CopyTo(pixels.AsSpan(image * Shape.Length));
            }
        }

        return new ImageSet(Shape, pixels, labels);
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

    private static byte CheckedLabel(DataFile file, int at)
    {
        var label = file.Contents[at];
        return label < BuiltInClasses.Count
            ? label
            : throw DatasetException.At(
                file.Path, at, $"label {label}, where labels are 0 to {BuiltInClasses.Count - 1}", DataFile.Replace);
    }
}
