using AdvFit.Learning.Randomness;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace AdvFit.Learning.Tests.Randomness;

public class RandomStreamTests
{
    private static readonly Purpose Subsample = new(2);
    private static readonly Purpose Initialization = new(3);
    private static readonly Purpose EpochOrder = new(4);

    /// <summary>Known answers of Philox4x32-10 from the authors' library Random123, file kat_vectors.</summary>
    [Theory]
    [InlineData(0x00000000, 0x00000000, 0x00000000, 0x00000000, 0x00000000, 0x00000000, "6627e8d5 e169c58d bc57ac4c 9b00dbd8")]
    [InlineData(0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, "408f276d 41c83b0e a20bc7c6 6d5451fd")]
    [InlineData(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0, "d16cfe09 94fdcceb 5001e420 24126ea1")]
    public void Philox_gives_the_known_answers(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, string answer)
    {
        var (x0, x1, x2, x3) = RandomStream.Philox((c0, c1, c2, c3), ((ulong)k1 << 32) | k0);

        $"{x0:x8} {x1:x8} {x2:x8} {x3:x8}".ShouldBe(answer);
    }

    [Fact]
    public void The_key_is_the_seed_and_the_counter_is_block_sample_shuffle_and_purpose()
    {
        var stream = new RandomStream(0x299f31d0_a4093822, 7, EpochOrder, 5);
        var first = RandomStream.Philox((0, 5, 7, 4), 0x299f31d0_a4093822);
        var second = RandomStream.Philox((1, 5, 7, 4), 0x299f31d0_a4093822);

        uint[] draws = [.. Enumerable.Range(0, 5).Select(_ => stream.NextBits())];

        draws.ShouldBe([first.Item1, first.Item2, first.Item3, first.Item4, second.Item1]);
    }

    [Property]
    public Property Draws_below_a_bound_are_below_it(ulong seed) => Prop.ForAll(
        Gen.OneOf(Gen.Choose(1, 20), Gen.Choose(1, int.MaxValue), Gen.Constant(int.MaxValue)).ToArbitrary(),
        bound =>
        {
            var stream = new RandomStream(seed, 1, Subsample);
            for (var i = 0; i < 20; i++)
            {
                stream.NextBelow(bound).ShouldBeInRange(0, bound - 1);
            }
        });

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(97)]
    public void Draws_below_a_bound_are_equally_likely(int bound)
    {
        const int expected = 1000;
        var stream = new RandomStream(2020, 1, Subsample);
        var counts = new int[bound];
        for (var i = 0; i < expected * bound; i++)
        {
            counts[stream.NextBelow(bound)]++;
        }

        ChiSquare(counts, expected).ShouldBeLessThan(bound - 1 + (5 * Math.Sqrt(2 * bound)));
    }

    [Fact]
    public void A_large_bound_has_no_bias_towards_small_draws()
    {
        // Of 3 * 2^29 values, scaling without rejection would draw every third one twice as often as the others.
        const int bound = 3 << 29;
        var stream = new RandomStream(2020, 1, Subsample);
        var counts = new int[3];
        for (var i = 0; i < 30_000; i++)
        {
            counts[stream.NextBelow(bound) % 3]++;
        }

        ChiSquare(counts, 10_000).ShouldBeLessThan(20);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_bound_that_leaves_nothing_is_refused(int bound) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new RandomStream(1, 1, Subsample).NextBelow(bound));

    [Fact]
    public void Single_draws_fill_the_unit_interval_evenly_without_its_end()
    {
        var stream = new RandomStream(2020, 1, Initialization);
        var counts = new int[64];
        for (var i = 0; i < 64_000; i++)
        {
            var draw = stream.NextSingle();
            draw.ShouldBeInRange(0, 1 - (1f / (1 << 24)));
            counts[(int)(draw * 64)]++;
        }

        ChiSquare(counts, 1000).ShouldBeLessThan(63 + (5 * Math.Sqrt(126)));
    }

    [Fact]
    public void All_orders_are_equally_likely()
    {
        var counts = new Dictionary<string, int>();
        for (var sample = 0; sample < 24_000; sample++)
        {
            char[] items = ['a', 'b', 'c', 'd'];
            new RandomStream(2020, 1, EpochOrder, sample).Shuffle(items.AsSpan());
            counts[new string(items)] = counts.GetValueOrDefault(new string(items)) + 1;
        }

        counts.Count.ShouldBe(24);
        ChiSquare([.. counts.Values], 1000).ShouldBeLessThan(23 + (5 * Math.Sqrt(46)));
    }

    [Property]
    public void A_shuffle_keeps_the_items(int[] items, ulong seed)
    {
        var shuffled = items.ToArray();
        new RandomStream(seed, 1, EpochOrder).Shuffle(shuffled.AsSpan());

        shuffled.Order().ShouldBe(items.Order());
    }

    [Fact]
    public void Streams_of_other_keys_are_other_streams()
    {
        RandomStream[] streams =
        [
            new(1, 1, EpochOrder), new(2, 1, EpochOrder), new(1ul << 32 | 1, 1, EpochOrder),
            new(1, 2, EpochOrder), new(1, 1, Subsample), new(1, 1, EpochOrder, 1),
        ];

        streams.Select(stream => stream.NextBits()).Distinct().Count().ShouldBe(streams.Length);
    }

    private static double ChiSquare(int[] counts, double expected) =>
        counts.Sum(count => (count - expected) * (count - expected) / expected);
}
