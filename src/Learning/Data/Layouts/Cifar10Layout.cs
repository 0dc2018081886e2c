using System.Formats.Tar;
using System.IO.Compression;

namespace AdvFit.Learning.Data.Layouts;

/// <summary>
/// The files of CIFAR-10: five of train images, one of test images, in a folder, in <c>cifar-10-batches-bin</c> below it, or
/// in <c>cifar-10-binary.tar.gz</c>, looked for in this order. <c>batches.meta.txt</c> may name the classes.
/// </summary>
public sealed class Cifar10Layout : FileLayout
{
    internal const string Archive = "cifar-10-binary.tar.gz";

    private const string FolderInArchive = "cifar-10-batches-bin";
    private const string ClassNames = "batches.meta.txt";
    private const string Test = "test_batch.bin";

    private static readonly string[] Train = [.. Enumerable.Range(1, 5).Select(batch => $"data_batch_{batch}.bin")];

    /// <summary>The published classes.</summary>
    internal static IReadOnlyList<string> Classes { get; } =
        ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    internal override string Name => "CIFAR-10";

    internal override string FilesInWords => "the binary files of CIFAR-10";

    internal override IReadOnlyList<string> Files { get; } = [.. Train, Test];

    internal override string? PathOf(string folder, string name) =>
        FolderIn(folder) is { } found && File.Exists(Path.Combine(found, name)) ? Path.Combine(found, name) : null;

    /// <summary>A path that is a file is taken for the archive.</summary>
    internal override string? ArchiveIn(string path)
    {
        string[] candidates = FolderIn(path) is null ? [path, Path.Combine(path, Archive)] : [];
        return candidates.FirstOrDefault(File.Exists);
    }

    /// <summary>The files by name, without that of the class names where there is none.</summary>
    internal override IReadOnlyDictionary<string, DataFile> Read(string path)
    {
        var folder = FolderIn(path);
        var source = folder ?? ArchiveIn(path) ?? throw new DatasetException(
            $"{path} holds no CIFAR-10 files; put {Archive}, or {string.Join(", ", Train)} and {Test}, there.");
        var files = folder is null ? DataFile.Reading(source, ReadArchive) : ReadFolder(source);
        return Files.FirstOrDefault(name => !files.ContainsKey(name)) is { } missing
            ? throw new DatasetException($"{source} lacks {missing}; put the file there.")
            : files;
    }

    internal override DatasetSplits Decode(IReadOnlyDictionary<string, DataFile> files, IReadOnlyList<string>? classes) => new(
        Cifar10Reader.Decode([.. Train.Select(name => files[name])], Classes.Count),
        Cifar10Reader.Decode([files[Test]], Classes.Count),
        classes ?? (files.TryGetValue(ClassNames, out var names) ? Cifar10Reader.ClassesOf(names, Classes.Count) : Classes));

    /// <summary>Puts the archive's files beside it, each under a temporary name first, and deletes the archive.</summary>
    internal override void Unpack(string folder)
    {
        var archive = Path.Combine(folder, Archive);
        foreach (var file in Read(archive).Values)
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

    /// <summary>The folder with any of the files, seen from a folder; null where there is none.</summary>
    private string? FolderIn(string folder)
    {
        string[] candidates = [folder, Path.Combine(folder, FolderInArchive)];
        return candidates.FirstOrDefault(candidate => Files.Any(name => File.Exists(Path.Combine(candidate, name))));
    }

    private Dictionary<string, DataFile> ReadFolder(string folder) => Files.Append(ClassNames)
        .Select(name => Path.Combine(folder, name))
        .Where(File.Exists)
        .Select(path => new DataFile(path, Path.GetFileName(path), DataFile.Read(path).Contents))
        .ToDictionary(file => file.Name);

    private Dictionary<string, DataFile> ReadArchive(string archive)
    {
        using var packed = File.OpenRead(archive);
        var files = new Dictionary<string, DataFile>();
        try
        {
            using var tar = new TarReader(new GZipStream(packed, CompressionMode.Decompress, leaveOpen: true));
            while (tar.GetNextEntry() is { } entry)
            {
                var name = Path.GetFileName(entry.Name);
                if (Files.Append(ClassNames).Contains(name) && entry.DataStream is { } data)
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
}
