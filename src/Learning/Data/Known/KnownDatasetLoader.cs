using System.Collections.Immutable;
using AdvFit.Learning.Data.Layouts;

namespace AdvFit.Learning.Data.Known;

/// <summary>Loads data sets known by name, compared with what was published.</summary>
internal static class KnownDatasetLoader
{
    /// <summary>Loads a data set, with a note that names the files that are not the published ones.</summary>
    /// <exception cref="DatasetException">
    /// A file is missing, truncated, corrupt or of another kind; or there are more, fewer or other images than published.
    /// </exception>
    public static Dataset Load(KnownDataset known, string folder)
    {
        if (!known.Layout.IsComplete(folder))
        {
            throw Missing(known, folder);
        }

        var files = known.Layout.Read(folder);
        var splits = known.Layout.Decode(files, known.Classes);
        CheckSize(known, folder, "train", splits.Train, known.Train);
        CheckSize(known, folder, "test", splits.Test, known.Test);
        return Dataset.Of(known.Name, splits, Notes(known, files));
    }

    private static DatasetException Missing(KnownDataset known, string folder)
    {
        var missing = known.Files.Select(file => file.Name)
            .Where(name => known.Layout.PathOf(folder, name) is null).ToList();
        var problem = missing.Count == known.Files.Length
            ? $"{known.Name} is not in {folder}"
            : $"{folder} lacks {string.Join(", ", missing)} of {known.Name}";
        return new DatasetException(known.IsEmbedded
            ? $"{problem}, where AdvFit's own files belong; install AdvFit again."
            : $"{problem}; run `advfit data fetch {known.Name}`, or {known.ManualDownload(folder)}");
    }

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
