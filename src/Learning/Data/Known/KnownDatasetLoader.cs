namespace AdvFit.Learning.Data.Known;

/// <summary>Loads data sets known by name, compared with what was published.</summary>
internal static class KnownDatasetLoader
{
    /// <summary>Loads a data set, with notes on what is not as published.</summary>
    /// <exception cref="DatasetException">
    /// A file is missing, truncated, corrupt or of another kind; or there are more, fewer or other images than published.
    /// </exception>
    public static Dataset Load(KnownDataset known, string folder, DatasetRequest request) => known.Layout.IsComplete(folder)
        ? Dataset.Of(known.Name, known.Layout.Load(folder, known, request))
        : throw Missing(known, folder);

    /// <summary>Refuses a split that has not as many images as were published, or images of another shape.</summary>
    /// <exception cref="DatasetException">It is refused.</exception>
    public static void CheckSize(KnownDataset known, string folder, string split, int count, ImageShape? shape, int published)
    {
        if (count != published || shape != known.Shape)
        {
            throw new DatasetException(
                $"{folder} holds {count} {split} images{Of(shape)}, but {known.Name} has {published}{Of(known.Shape)}; replace its "
                + "files, or use them by the folder's path as a data set of your own.");
        }

        static string Of(ImageShape? shape) => shape is null ? "" : $" of {shape}";
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
}
