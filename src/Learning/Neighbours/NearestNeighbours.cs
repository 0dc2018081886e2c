using AdvFit.Learning.Data;
using AdvFit.Learning.Kernels;

namespace AdvFit.Learning.Neighbours;

/// <summary>
/// Exact nearest neighbours, by Euclidean distance, among the train images of a shuffle. The result is the same on any
/// number of threads and any processor. Any number of threads may call it at once.
/// </summary>
/// <remarks>
/// Distances are measured on the <see cref="PixelGrid"/>, where they are integers. Neighbours are ordered by distance, then
/// by their position among the train images.
/// </remarks>
public sealed class NearestNeighbours
{
    private readonly PooledImages _images;
    private readonly int[] _train;
    private readonly TrainPanels _panels;
    private readonly VectorWidth _width;

    /// <param name="images">The images that numbers refer to.</param>
    /// <param name="train">
    /// Numbers of the train images. A neighbour is named by its position here; of two that are equally near, the one with the
    /// smaller position comes first.
    /// </param>
    /// <exception cref="ArgumentException">There are no train images, or a number is not in the pool.</exception>
    public NearestNeighbours(PooledImages images, ReadOnlySpan<int> train)
        : this(images, train, VectorWidths.Widest)
    {
    }

    /// <param name="width">Vector width of the kernels.</param>
    internal NearestNeighbours(PooledImages images, ReadOnlySpan<int> train, VectorWidth width)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (train.IsEmpty)
        {
            throw new ArgumentException("Neighbours need at least one train image.", nameof(train));
        }

        if (images.Shape.Length > PixelGrid.MostPixels)
        {
            throw new ArgumentException(
                $"Images of {images.Shape} have more than the {PixelGrid.MostPixels:N0} pixels whose distances are exact.",
                nameof(images));
        }

        CheckNumbers(images, train, nameof(train));
        _images = images;
        _train = train.ToArray();
        _panels = new TrainPanels(images, train);
        _width = width;
    }

    /// <summary>Number of train images.</summary>
    public int Count => _train.Length;

    /// <summary>The neighbours of images of the pool. An image that is itself a train image is its own nearest neighbour,
    /// unless an equal one comes before it.</summary>
    /// <param name="queries">Numbers of the images.</param>
    /// <param name="count">Neighbours of each query: 1 to <see cref="Count"/>.</param>
    /// <param name="threads">Threads to use; at least 1.</param>
    /// <param name="progress">Called from time to time with how many more queries are done, from any of the threads.</param>
    /// <returns>[query][count]: positions of train images, the nearest first.</returns>
    /// <exception cref="ArgumentException">A number is not in the pool, or another argument is out of its range.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was requested.</exception>
    public int[] Find(
        ReadOnlySpan<int> queries, int count, int threads, Action<int>? progress = null,
        CancellationToken cancellation = default)
    {
        CheckNumbers(_images, queries, nameof(queries));
        return Find(new PooledQueries(_images, queries.ToArray()), count, threads, progress, cancellation);
    }

    /// <summary>The neighbours of other images, such as adversarial examples.</summary>
    /// <param name="queries">Their pixels in [0, 1], [query][channel][row][column].</param>
    /// <inheritdoc cref="Find(ReadOnlySpan{int}, int, int, Action{int}?, CancellationToken)"/>
    /// <exception cref="ArgumentException">
    /// A pixel is outside [0, 1], the pixels are not those of whole images, or another argument is out of its range.
    /// </exception>
    public int[] Find(
        ReadOnlySpan<float> queries, int count, int threads, Action<int>? progress = null,
        CancellationToken cancellation = default)
    {
        var length = _images.Shape.Length;
        if (queries.Length % length != 0)
        {
            throw new ArgumentException(
                $"{queries.Length} pixels are not those of whole images of {_images.Shape}.", nameof(queries));
        }

        for (var i = 0; i < queries.Length; i++)
        {
            if (!(queries[i] >= 0 && queries[i] <= 1))
            {
                throw new ArgumentException(
                    $"Pixel {i % length} of image {i / length} is {queries[i]}; pixels must be in [0, 1].", nameof(queries));
            }
        }

        unsafe
        {
            fixed (float* pixels = queries)
            {
                return Find(
                    new FloatQueries(pixels, queries.Length / length), count, threads, progress, cancellation);
            }
        }
    }

    private int[] Find(
        IQueries queries, int count, int threads, Action<int>? progress, CancellationToken cancellation)
    {
        if (count < 1 || count > Count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(count), $"{count} neighbours were asked for; there are 1 to {Count} to be had.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        cancellation.ThrowIfCancellationRequested();
        var found = new int[checked(queries.Count * count)];
        var length = BlockLength(queries.Count, threads);
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        Parallel.For(
            0, (queries.Count + length - 1) / length, options,
            () => new QueryBlock(
                _panels, new ExactRanking(_images, _train), _width, _images.Shape.Length, length, count),
            (number, _, block) =>
            {
                var first = number * length;
                var taken = Math.Min(length, queries.Count - first);
                block.Find(queries, first, taken, found.AsSpan(first * count, taken * count), cancellation);
                progress?.Invoke(taken);
                return block;
            },
            _ => { });
        return found;
    }

    /// <summary>Queries per block, so that every thread has as many blocks as any other.</summary>
    private static int BlockLength(int queries, int threads)
    {
        var blocksPerThread = Math.Max(1, CeilingOf(queries, threads * QueryBlock.Most));
        return Math.Max(1, CeilingOf(queries, threads * blocksPerThread * QueryBlock.Step)) * QueryBlock.Step;

        static int CeilingOf(int dividend, int divisor) => (dividend + divisor - 1) / divisor;
    }

    private static void CheckNumbers(PooledImages images, ReadOnlySpan<int> numbers, string parameter)
    {
        foreach (var number in numbers)
        {
            if ((uint)number >= (uint)images.Count)
            {
                throw new ArgumentException($"There is no image {number}; the pool has 0 to {images.Count - 1}.", parameter);
            }
        }
    }
}
