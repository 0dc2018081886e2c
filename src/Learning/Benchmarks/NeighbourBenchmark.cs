using System.Collections.Immutable;
using AdvFit.Learning.Data;
using AdvFit.Learning.Kernels;
using AdvFit.Learning.Neighbours;

namespace AdvFit.Learning.Benchmarks;

/// <summary>What a search for nearest neighbours takes on one core.</summary>
/// <param name="Queries"><c>unmodified</c> images as bytes, or <c>disturbed</c> ones as floats.</param>
/// <param name="Images">Images whose neighbours are found in one call.</param>
/// <param name="Train">Train images that they are found among.</param>
/// <param name="Work">The call: time, and the products of the distances, a multiply-add being two operations.</param>
public sealed record NeighbourTiming(string Queries, int Images, int Train, Measured Work);

/// <summary>Measures nearest neighbours on real images: how near they are decides how many distances have to be settled.</summary>
public static class NeighbourBenchmark
{
    /// <summary>The data set that comes with the program.</summary>
    public const string Dataset = "fashion-mnist-mini";

    /// <summary>Neighbours of each image: the paper's largest K.</summary>
    public const int Count = 7;

    /// <summary>Images in one call: few enough for a first look, and as many as fill whole blocks.</summary>
    private const int Images = 2 * QueryBlock.Most;

    /// <param name="budget">How long to measure each kind of query.</param>
    /// <exception cref="DatasetException">The data set that comes with the program is missing.</exception>
    public static ImmutableArray<NeighbourTiming> Run(VectorWidth width, TimeSpan budget)
    {
        var data = DatasetLoader.Load(DatasetFolders.Locate(null), Dataset);
        var images = new PooledImages(data);
        var neighbours = new NearestNeighbours(images, [.. Enumerable.Range(0, data.Train.Count)], width);
        int[] numbers = [.. Enumerable.Range(data.Train.Count, Images)];
        var pixels = DisturbedImages.Of(images, numbers);
        return
        [
            Measure("unmodified", () => neighbours.Find(numbers, Count, threads: 1)),
            Measure("disturbed", () => neighbours.Find(pixels, Count, threads: 1)),
        ];

        NeighbourTiming Measure(string queries, Action find) => new(
            queries, Images, data.Train.Count,
            new Measured(Timing.Fastest(find, budget), 2.0 * Images * data.Train.Count * images.Shape.Length));
    }
}
