using System.Collections.Immutable;

namespace AdvFit.Learning.Data.Known;

/// <summary>
/// The data sets known by name. Where a publisher gives MD5 only, the SHA-256 is that of the very files whose MD5 is the
/// published one, which stands beside it.
/// </summary>
public static class DatasetCatalog
{
    /// <summary>All data sets, those that come with AdvFit first.</summary>
    public static ImmutableArray<KnownDataset> All { get; } =
        [FashionMnistMini.Dataset, DrawnShapes.Dataset, Mnist.Dataset, FashionMnist.Dataset, Cifar10.Dataset, Imagenette.Dataset];

    /// <summary>The data set of a name; null where no data set is called so.</summary>
    public static KnownDataset? Find(string name) => All.FirstOrDefault(known => known.Name == name);

    /// <summary>The data set of a name.</summary>
    /// <exception cref="DatasetException">No data set is called so; the message lists those that are.</exception>
    public static KnownDataset Get(string name) => Find(name) ?? throw new DatasetException(
        $"No data set is called '{name}'; known are {string.Join(", ", All.Select(known => known.Name))}.");
}
