using AdvFit.Learning.Data;
using AdvFit.Learning.Kernels;
using AdvFit.Learning.Neighbours;
using FsCheck;
using FsCheck.Xunit;

namespace AdvFit.Learning.Tests.Neighbours;

public sealed class NearestNeighboursTests
{
    [Property(MaxTest = 60)]
    public void Neighbours_are_those_of_rational_arithmetic_on_any_width_and_any_number_of_threads(
        int seed, byte length, byte count, byte darkest, byte greyLevels)
    {
        var random = new Random(seed);
        var images = Pools.Random(random, 1 + length % 40, 2 + count, darkest, 1 + greyLevels % 30);
        int[] train = [.. Enumerable.Range(0, images.Count).Where(_ => random.Next(4) > 0).DefaultIfEmpty(0)];
        random.Shuffle(train);
        int[] queries = [.. Enumerable.Range(0, images.Count)];
        var k = 1 + random.Next(Math.Min(train.Length, 9));
        var floats = Pools.ToFloats(images, queries);
        int[] expected = [.. queries.SelectMany(
            query => Pools.Neighbours(images, train, Image(floats, images, query), k))];
        foreach (var width in Enum.GetValues<VectorWidth>())
        {
            var neighbours = new NearestNeighbours(images, train, width);
            neighbours.Find(queries, k, threads: 1 + random.Next(5)).ShouldBe(expected);
            neighbours.Find(floats, k, threads: 1 + random.Next(5)).ShouldBe(expected);
        }
    }

    [Property(MaxTest = 60)]
    public void Disturbed_images_have_the_neighbours_of_rational_arithmetic(int seed, byte length, byte greyLevels)
    {
        var random = new Random(seed);
        var images = Pools.Random(random, 1 + length % 20, 70, random.Next(256), 1 + greyLevels % 5);
        int[] train = [.. Enumerable.Range(0, images.Count)];
        // As small as a float of 1 can change, up to half a grey level: what rounding would get wrong.
        var size = MathF.ScaleB(1, -random.Next(9, 25));
        var queries = Pools.ToFloats(images, train.Take(20));
        foreach (ref var pixel in queries.AsSpan())
        {
            pixel = Math.Clamp(pixel + size * random.Next(-1, 2), 0, 1);
        }

        int[] expected = [.. Enumerable.Range(0, 20).SelectMany(
            query => Pools.Neighbours(images, train, Image(queries, images, query), 5))];
        foreach (var width in Enum.GetValues<VectorWidth>())
        {
            new NearestNeighbours(images, train, width).Find(queries, 5, threads: 2).ShouldBe(expected);
        }
    }

    [Property(MaxTest = 30)]
    public void The_order_of_the_train_images_matters_only_where_they_are_equally_near(int seed)
    {
        var random = new Random(seed);
        var images = Pools.Random(random, 12, 90, 100, 4);
        int[] train = [.. Enumerable.Range(0, 80)];
        int[] queries = [.. Enumerable.Range(80, 10)];
        var before = Distances(images, train, queries, new NearestNeighbours(images, train).Find(queries, 6, 1));
        random.Shuffle(train);
        var found = new NearestNeighbours(images, train).Find(queries, 6, 1);
        var after = Distances(images, train, queries, found);
        after.ShouldBe(before);
        for (var i = 1; i < found.Length; i++)
        {
            (i % 6 == 0 || after[i - 1] < after[i] || found[i - 1] < found[i]).ShouldBeTrue();
        }
    }

    [Fact]
    public void Duplicates_come_in_the_order_of_the_train_images()
    {
        var images = Pools.Create(3, [.. Enumerable.Repeat<byte[]>([7, 200, 31], 100).SelectMany(pixels => pixels)]);
        int[] train = [.. Enumerable.Range(0, 99).Reverse()];
        new NearestNeighbours(images, train).Find([99], 99, threads: 1).ShouldBe(Enumerable.Range(0, 99));
    }

    [Fact]
    public void A_train_image_is_its_own_nearest_neighbour()
    {
        var images = Pools.Random(new Random(3), 50, 400, 0, 256);
        int[] train = [.. Enumerable.Range(0, 400)];
        new NearestNeighbours(images, train).Find(train, 1, threads: 2).ShouldBe(train);
    }

    [Fact]
    public void Distances_that_floats_cannot_tell_apart_are_told_apart()
    {
        // From white but for the first pixel to black but for the first pixel: 39,999 * 255^2 and 4, 1 or 0.
        const int length = 40_000;
        var pixels = new byte[4 * length];
        (pixels[0], pixels[length], pixels[2 * length]) = (2, 1, 0);
        pixels.AsSpan(3 * length + 1).Fill(255);
        var images = Pools.Create(length, pixels);
        int[] train = [0, 1, 2];
        foreach (var width in Enum.GetValues<VectorWidth>())
        {
            var neighbours = new NearestNeighbours(images, train, width);
            neighbours.Find([3], 3, threads: 1).ShouldBe([2, 1, 0]);
            neighbours.Find([0], 3, threads: 1).ShouldBe([0, 1, 2]);
        }
    }

    [Fact]
    public void Neighbours_do_not_depend_on_the_other_queries()
    {
        var images = Pools.Random(new Random(5), 30, 500, 0, 9);
        int[] train = [.. Enumerable.Range(0, 100)];
        int[] queries = [.. Enumerable.Range(100, 400)];
        var neighbours = new NearestNeighbours(images, train);
        var together = neighbours.Find(queries, 3, threads: 2);
        foreach (var i in new[] { 0, 5, 6, 191, 192, 399 })
        {
            neighbours.Find([queries[i]], 3, threads: 1).ShouldBe(together[(3 * i)..(3 * i + 3)]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Progress_adds_up_to_the_queries(int threads)
    {
        var images = Pools.Random(new Random(5), 4, 50, 0, 9);
        var queries = new int[1000];
        var done = 0;
        new NearestNeighbours(images, [0, 1, 2]).Find(queries, 2, threads, more => Interlocked.Add(ref done, more));
        done.ShouldBe(1000);
        new NearestNeighbours(images, [0]).Find(Array.Empty<int>(), 1, threads).ShouldBeEmpty();
    }

    [Fact]
    public void A_cancelled_search_ends()
    {
        var images = Pools.Random(new Random(5), 4, 50, 0, 9);
        using var source = new CancellationTokenSource();
        Should.Throw<OperationCanceledException>(() => new NearestNeighbours(images, [0, 1]).Find(
            new int[1000], 1, threads: 1, _ => source.Cancel(), source.Token));
    }

    [Fact]
    public void What_cannot_be_searched_is_refused_with_the_place()
    {
        var images = Pools.Random(new Random(5), 4, 10, 0, 9);
        var neighbours = new NearestNeighbours(images, [1, 2, 3]);
        Says(() => _ = new NearestNeighbours(images, []), "at least one train image");
        Says(() => _ = new NearestNeighbours(images, [10]), "no image 10");
        Says(() => neighbours.Find([-1], 1, 1), "no image -1");
        Says(() => neighbours.Find([0], 4, 1), "4 neighbours");
        Says(() => neighbours.Find([0], 0, 1), "0 neighbours");
        Says(() => neighbours.Find([0], 1, 0), "threads");
        Says(() => neighbours.Find(new float[7], 1, 1), "7 pixels");
        Says(() => neighbours.Find([0, 0, 0, 0, 0, 1.1f, 0, 0], 1, 1), "Pixel 1 of image 1 is 1.1");
        Says(() => neighbours.Find([0, float.NaN, 0, 0], 1, 1), "Pixel 1 of image 0 is NaN");

        static void Says(Action action, string part) => Should.Throw<ArgumentException>(action).Message.ShouldContain(part);
    }

    private static ReadOnlySpan<float> Image(float[] pixels, PooledImages images, int query) =>
        pixels.AsSpan(query * images.Shape.Length, images.Shape.Length);

    private static long[] Distances(PooledImages images, int[] train, int[] queries, int[] found) =>
        [.. found.Select((position, i) => Distance(
            images.Image(train[position]), images.Image(queries[i / (found.Length / queries.Length)])))];

    private static long Distance(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var sum = 0L;
        for (var i = 0; i < left.Length; i++)
        {
            sum += (left[i] - right[i]) * (left[i] - right[i]);
        }

        return sum;
    }
}
