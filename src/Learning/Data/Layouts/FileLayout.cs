using System.Collections.Immutable;
using AdvFit.Learning.Data.Known;

namespace AdvFit.Learning.Data.Layouts;

/// <summary>A few files with all images of a split, which are of one size.</summary>
public abstract class FileLayout : DatasetLayout
{
    /// <summary>Reads all files, by name.</summary>
    /// <exception cref="DatasetException">One is missing, unreadable, or its compression is corrupt.</exception>
    internal abstract IReadOnlyDictionary<string, DataFile> Read(string path);

    /// <summary>Decodes what <see cref="Read"/> gave.</summary>
    /// <param name="files">The files by name.</param>
    /// <param name="classes">Names of the classes; null has the layout name them.</param>
    /// <exception cref="DatasetException">A file is not what it should be, or the files do not belong together.</exception>
    internal abstract DatasetSplits Decode(IReadOnlyDictionary<string, DataFile> files, IReadOnlyList<string>? classes);

    /// <summary>The splits, with a note that names the files that are not the published ones.</summary>
    internal sealed override DatasetSplits Load(string path, KnownDataset? known, DatasetRequest request)
    {
        if (request.Preprocess is not null)
        {
            throw new DatasetException(
                $"`preprocess` is for photographs, and the images of {known?.Name ?? path} are of one size already; leave it out of the "
                + "spec.");
        }

        var files = Read(path);
        var splits = Decode(files, known?.Classes);
        if (known is null)
        {
            return splits;
        }

        KnownDatasetLoader.CheckSize(known, path, "train", splits.Train.Count, splits.Train.Shape, known.Train);
        KnownDatasetLoader.CheckSize(known, path, "test", splits.Test.Count, splits.Test.Shape, known.Test);
        return splits with { Notes = Notes(known, files) };
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
