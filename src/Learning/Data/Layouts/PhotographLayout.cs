using System.Collections.Immutable;
using System.Formats.Tar;
using System.IO.Compression;
using AdvFit.Learning.Data.Known;
using AdvFit.Learning.Data.Photographs;

namespace AdvFit.Learning.Data.Layouts;

/// <summary>
/// Photographs in a folder for each class, as torchvision's <c>ImageFolder</c> has them: <c>train/CLASS/FILE</c>, and <c>val</c> or
/// <c>test</c> likewise.
/// </summary>
/// <param name="archive">Name of the published archive of them, a tar compressed with gzip; null where there is none.</param>
public sealed class PhotographLayout(string? archive = null) : DatasetLayout
{
    internal const string Train = "train";

    /// <summary>The folders that the test split may be in.</summary>
    internal static readonly ImmutableArray<string> TestFolders = ["val", "test"];

    internal override string Name => "photograph";

    internal override string FilesInWords => "folders train/CLASS and val/CLASS (or test/CLASS) of JPEG and PNG files";

    internal override IReadOnlyList<string> Files { get; } = [Train, TestFolders[0]];

    /// <summary>Path of a split's folder, where it has folders of classes.</summary>
    internal override string? PathOf(string folder, string name) => (name == Train ? [name] : TestFolders)
        .Select(split => Path.Combine(folder, split))
        .FirstOrDefault(split => Directory.Exists(split) && Directory.EnumerateDirectories(split).Any());

    /// <summary>The splits, of images as the request's <see cref="DatasetRequest.Preprocess"/> makes them.</summary>
    internal override DatasetSplits Load(string path, KnownDataset? known, DatasetRequest request)
    {
        var name = known?.Name ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
        if (request.Preprocess is not { } preprocess)
        {
            throw new DatasetException(
                $"{name} holds photographs, which have to be brought to one size; say, for instance, `preprocess: {{ size: 128 }}` in "
                + "the spec.");
        }

        var folder = PhotographFolder.List(path);
        if (known is not null)
        {
            KnownDatasetLoader.CheckSize(known, path, "train", folder.Train.Length, shape: null, known.Train);
            KnownDatasetLoader.CheckSize(known, path, "test", folder.Test.Length, shape: null, known.Test);
        }

        var hashes = PhotographHashes.Of([.. folder.Train, .. folder.Test]);
        var prepared = new PreparedPhotographs(name, folder, hashes, preprocess, request.Cache).Load(request.SkipBroken, request.Progress);
        return new DatasetSplits(prepared.Train, prepared.Test, known?.Classes ?? folder.Classes)
        {
            Sha256 = prepared.Sha256,
            Notes =
            [
                .. known is null ? [] : PublishedPhotographs.Notes(known, path, hashes),
                .. prepared.LeftOut.IsEmpty ? Array.Empty<string>() : [BrokenPhotographs.Note(name, prepared.LeftOut, folder)],
            ],
        };
    }

    /// <summary>
    /// Takes the place of the photographs in the folder with those of the archive, lists their hashes beside them, and deletes the
    /// archive. Nothing else is taken of it.
    /// </summary>
    internal override void Unpack(string folder)
    {
        var packed = Path.Combine(folder, archive!);
        var unpacked = Path.Combine(folder, "unpacked.part");
        DeleteFolder(unpacked);
        Extract(packed, unpacked);
        File.Delete(Path.Combine(folder, PublishedPhotographs.List));
        foreach (var split in TestFolders.Prepend(Train))
        {
            DeleteFolder(Path.Combine(folder, split));
            if (Directory.Exists(Path.Combine(unpacked, split)))
            {
                Directory.Move(Path.Combine(unpacked, split), Path.Combine(folder, split));
            }
        }

        var listed = PhotographFolder.List(folder);
        PublishedPhotographs.Write(folder, PhotographHashes.Of([.. listed.Train, .. listed.Test]));
        DeleteFolder(unpacked);
        File.Delete(packed);
    }

    private static void Extract(string packed, string folder)
    {
        using var file = File.OpenRead(packed);
        try
        {
            using var tar = new TarReader(new GZipStream(file, CompressionMode.Decompress, leaveOpen: true));
            while (tar.GetNextEntry() is { } entry)
            {
                // TOP/SPLIT/CLASS/FILE; no part of it can lead out of the folder.
                if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile
                    && entry.Name.Split('/') is [_, var split, var label, var name]
                    && (split == Train || TestFolders.Contains(split))
                    && label is not ("" or "." or "..") && name is not ("" or "." or "..") && !(label + name).Contains('\\'))
                {
                    Directory.CreateDirectory(Path.Combine(folder, split, label));
                    entry.ExtractToFile(Path.Combine(folder, split, label, name), overwrite: true);
                }
            }
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw DatasetException.At(
                packed, file.Position, "the archive is corrupt or truncated here or shortly before", DataFile.Replace, error);
        }
    }

    private static void DeleteFolder(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }
}
