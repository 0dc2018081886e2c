using AdvFit.Learning.Data;
using AdvFit.Learning.Data.Splitting;
using AdvFit.Messages;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace AdvFit.Learning.Tests.Data;

public class StratifiedShuffleTests
{
    private const ulong Seed = 2020;

    /// <summary>Data sets of 2 to 5 classes, as unbalanced as chance makes them, some classes perhaps empty.</summary>
    private static Arbitrary<Dataset> Datasets => (
        from classes in Gen.Choose(2, 5)
        from train in Gen.Choose(1, 60).SelectMany(count => Gen.ArrayOf(Gen.Choose(0, classes - 1), count))
        from test in Gen.Choose(1, 30).SelectMany(count => Gen.ArrayOf(Gen.Choose(0, classes - 1), count))
        select Samples.Dataset(classes, Bytes(train), Bytes(test))).ToArbitrary();

    [Property]
    public Property Every_image_is_in_exactly_one_split_of_the_original_size(int shuffle) => Prop.ForAll(Datasets, data =>
    {
        var split = StratifiedShuffle.Split(data, Seed, shuffle);

        split.Train.Length.ShouldBe(data.Train.Count);
        split.Test.Length.ShouldBe(data.Test.Count);
        split.Train.Concat(split.Test).Order().ShouldBe(Enumerable.Range(0, data.Train.Count + data.Test.Count));
    });

    [Property]
    public Property Every_class_has_its_share_of_both_splits_to_within_one_image(int shuffle) => Prop.ForAll(Datasets, data =>
    {
        var split = StratifiedShuffle.Split(data, Seed, shuffle);

        ShouldBeProportional(data, Enumerable.Range(0, data.Train.Count + data.Test.Count).ToArray(), split.Train);
        ShouldBeProportional(data, Enumerable.Range(0, data.Train.Count + data.Test.Count).ToArray(), split.Test);
    });

    [Fact]
    public void Shares_are_exact_where_they_are_whole()
    {
        var balanced = Samples.Dataset(2, Labels(60, 20), Labels(15, 5));
        var dealtAnew = Samples.Dataset(2, Labels(30, 0), Labels(0, 10));

        Counts(balanced, StratifiedShuffle.Split(balanced, Seed, 1).Test).ShouldBe([15, 5]);
        Counts(dealtAnew, StratifiedShuffle.Split(dealtAnew, Seed, 1, new Subsample(8, 4)).Test).ShouldBe([3, 1]);
    }

    [Fact]
    public void Shares_that_are_not_whole_are_rounded_by_largest_remainder()
    {
        // Of 120 train images, the shares are 34.29, 34.29 and 51.43.
        var data = Samples.Dataset(3, Labels(40, 20, 60), Labels(0, 20, 0));

        Counts(data, StratifiedShuffle.Split(data, Seed, 1).Train).ShouldBe([34, 34, 52]);
    }

    [Property]
    public Property The_split_depends_on_the_arguments_alone(int shuffle) => Prop.ForAll(Datasets, data =>
    {
        var first = StratifiedShuffle.Split(data, Seed, shuffle);
        StratifiedShuffle.Split(data, Seed + 1, shuffle + 1);
        var elsewhere = Task.Run(() => StratifiedShuffle.Split(data, Seed, shuffle)).GetAwaiter().GetResult();

        elsewhere.Train.ShouldBe(first.Train);
        elsewhere.Test.ShouldBe(first.Test);
    });

    [Fact]
    public void Other_shuffles_and_other_seeds_give_other_splits()
    {
        var data = Samples.Dataset(2, Labels(50, 50), Labels(20, 20));
        (ulong Seed, int Shuffle)[] keys = [(Seed, 1), (Seed, 2), (Seed, 3), (Seed + 1, 1), (Seed + (1ul << 32), 1)];

        keys.Select(key => string.Join(",", StratifiedShuffle.Split(data, key.Seed, key.Shuffle).Test))
            .Distinct().Count().ShouldBe(keys.Length);
    }

    [Fact]
    public void A_split_is_the_same_for_ever()
    {
        var split = StratifiedShuffle.Split(Samples.Dataset(2, Labels(8, 4), Labels(2, 4)), Seed, 1, new Subsample(6, 4));

        string.Join(" ", split.Train).ShouldBe("3 6 7 9 13 15");
        string.Join(" ", split.Test).ShouldBe("0 1 8 11");
    }

    [Fact]
    public void Every_image_is_about_equally_often_in_the_test_split()
    {
        var data = Samples.Dataset(2, Labels(20, 10), Labels(6, 4));
        var times = new int[40];
        for (var shuffle = 1; shuffle <= 2000; shuffle++)
        {
            foreach (var index in StratifiedShuffle.Split(data, Seed, shuffle).Test)
            {
                times[index]++;
            }
        }

        // 500 expected of each; 6 standard deviations of the binomial are 116. The draws are fixed by the seed.
        times.ShouldAllBe(count => count > 384 && count < 616);
    }

    [Property]
    public Property A_subsample_is_a_stratified_part_of_the_whole_split(int shuffle, byte trainSize, byte testSize) =>
        Prop.ForAll(Datasets, data =>
        {
            var subsample = new Subsample(1 + (trainSize % data.Train.Count), 1 + (testSize % data.Test.Count));
            var whole = StratifiedShuffle.Split(data, Seed, shuffle);

            var part = StratifiedShuffle.Split(data, Seed, shuffle, subsample);

            part.Train.Length.ShouldBe(subsample.Train);
            part.Test.Length.ShouldBe(subsample.Test);
            part.Train.Except(whole.Train).ShouldBeEmpty();
            part.Test.Except(whole.Test).ShouldBeEmpty();
            part.Train.ShouldBeUnique();
            part.Test.ShouldBeUnique();
            part.Train.ShouldBeInOrder();
            ShouldBeProportional(data, whole.Train, part.Train);
            ShouldBeProportional(data, whole.Test, part.Test);
        });

    [Theory]
    [InlineData(9, 4, "9 train images cannot be drawn from 8")]
    [InlineData(8, 5, "5 test images cannot be drawn from 4")]
    [InlineData(0, 4, "0 train images")]
    [InlineData(8, -1, "-1 test images")]
    public void An_impossible_subsample_is_refused(int train, int test, string words) =>
        Should.Throw<ArgumentException>(() => StratifiedShuffle.Split(
            Samples.Dataset(2, Labels(4, 4), Labels(2, 2)), Seed, 1, new Subsample(train, test))).Message.ShouldContain(words);

    [Fact]
    public void The_pool_is_the_train_images_followed_by_the_test_images()
    {
        var pool = new PooledImages(Samples.Dataset(3, [0, 1], [2, 1]));

        pool.Count.ShouldBe(4);
        Enumerable.Range(0, 4).Select(index => pool.Label(index)).ShouldBe<byte>([0, 1, 2, 1]);
        Enumerable.Range(0, 4).Select(index => pool.Image(index)[0]).ShouldBe<byte>([0, 1, 2, 3]);
    }

    private static void ShouldBeProportional(Dataset data, int[] population, int[] sample)
    {
        var (whole, part) = (Counts(data, population), Counts(data, sample));
        for (var label = 0; label < whole.Length; label++)
        {
            var share = (double)whole[label] * sample.Length / population.Length;
            Math.Abs(part[label] - share).ShouldBeLessThan(1, $"class {label}");
        }
    }

    private static int[] Counts(Dataset data, int[] indices)
    {
        var pool = new PooledImages(data);
        var counts = new int[pool.Classes];
        foreach (var index in indices)
        {
            counts[pool.Label(index)]++;
        }

        return counts;
    }

    private static byte[] Labels(params int[] counts) =>
        [.. counts.SelectMany((count, label) => Enumerable.Repeat((byte)label, count))];

    private static byte[] Bytes(int[] values) => Array.ConvertAll(values, value => (byte)value);
}
