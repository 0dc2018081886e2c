using AdvFit.Learning.Randomness;
using AdvFit.Messages;

namespace AdvFit.Learning.Data.Splitting;

/// <summary>One re-split of a data set, as ascending indices into its <see cref="PooledImages"/>.</summary>
public sealed record ShuffleSplit(int[] Train, int[] Test);

/// <summary>
/// Stratified re-splits: train and test are pooled and dealt again into splits of the original sizes, in which every
/// class has its share of the pool. Shares that are not whole are rounded by largest remainder (Hamilton's method; the
/// lower class first on a tie).
/// </summary>
public static class StratifiedShuffle
{
    private static readonly Purpose TrainSplit = new(1);
    private static readonly Purpose SubsampleOfSplit = new(2);

    /// <summary>The split of one shuffle, a function of its arguments alone.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="seed">The sweep's seed.</param>
    /// <param name="shuffle">The shuffle's number, from 1.</param>
    /// <param name="subsample">
    /// Sizes to draw both splits down to, by a stratified draw from the whole splits; null keeps every image.
    /// </param>
    /// <exception cref="ArgumentException">The subsample is larger than the split, or not positive.</exception>
    public static ShuffleSplit Split(Dataset data, ulong seed, int shuffle, Subsample? subsample = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        var pool = new PooledImages(data);
        var byClass = IndicesByClass(pool, Enumerable.Range(0, pool.Count));
        var trainShares = Apportion(data.Train.Count, byClass);
        var train = new List<int>(data.Train.Count);
        var test = new List<int>(data.Test.Count);
        for (var label = 0; label < byClass.Length; label++)
        {
            var indices = byClass[label];
            new RandomStream(seed, shuffle, TrainSplit, label).Shuffle(indices.AsSpan());
            train.AddRange(indices.AsSpan(0, trainShares[label]));
            test.AddRange(indices.AsSpan(trainShares[label]));
        }

        train.Sort();
        test.Sort();
        return subsample is null
            ? new ShuffleSplit([.. train], [.. test])
            : new ShuffleSplit(
                DrawDown(pool, train, subsample.Train, "train", label => SubsampleStream(label)),
                DrawDown(pool, test, subsample.Test, "test", label => SubsampleStream(pool.Classes + label)));

        RandomStream SubsampleStream(int sample) => new(seed, shuffle, SubsampleOfSplit, sample);
    }

    /// <summary>A stratified draw of some of a split's images, ascending.</summary>
    private static int[] DrawDown(
        PooledImages pool, List<int> split, int size, string name, Func<int, RandomStream> streamOfClass)
    {
        if (size <= 0 || size > split.Count)
        {
            throw new ArgumentException($"A subsample of {size} {name} images cannot be drawn from {split.Count}.");
        }

        var byClass = IndicesByClass(pool, split);
        var shares = Apportion(size, byClass);
        var drawn = new List<int>(size);
        for (var label = 0; label < byClass.Length; label++)
        {
            streamOfClass(label).Shuffle(byClass[label].AsSpan());
            drawn.AddRange(byClass[label].AsSpan(0, shares[label]));
        }

        drawn.Sort();
        return [.. drawn];
    }

    private static int[][] IndicesByClass(PooledImages pool, IEnumerable<int> indices)
    {
        var byClass = new List<int>[pool.Classes];
        for (var label = 0; label < byClass.Length; label++)
        {
            byClass[label] = [];
        }

        foreach (var index in indices)
        {
            byClass[pool.Label(index)].Add(index);
        }

        return Array.ConvertAll(byClass, members => members.ToArray());
    }

    /// <summary>Deals <paramref name="size"/> places out to the classes in proportion to their members.</summary>
    private static int[] Apportion(int size, int[][] byClass)
    {
        var total = byClass.Sum(members => (long)members.Length);
        var shares = Array.ConvertAll(byClass, members => (int)((long)size * members.Length / total));
        var byRemainder = Enumerable.Range(0, byClass.Length)
            .OrderByDescending(label => (long)size * byClass[label].Length % total)
            .ThenBy(label => label);
        foreach (var label in byRemainder.Take(size - shares.Sum()))
        {
            shares[label]++;
        }

        return shares;
    }
}
