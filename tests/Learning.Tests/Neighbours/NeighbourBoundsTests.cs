using System.Numerics;
using AdvFit.Learning.Kernels;
using AdvFit.Learning.Neighbours;
using FsCheck;
using FsCheck.Xunit;

namespace AdvFit.Learning.Tests.Neighbours;

/// <summary>What the proof of exactness rests on.</summary>
public sealed unsafe class NeighbourBoundsTests
{
    [Property]
    public void Grid_points_are_the_nearest_and_levels_too(uint bits)
    {
        var pixel = bits / (float)uint.MaxValue;
        var grid = PixelGrid.FromUnit(pixel);
        ((BigInteger)grid).ShouldBe(Pools.NearestGridPoint(pixel));
        var level = QueryQuantization.Nearest(grid);
        level.ShouldBeInRange((byte)0, (byte)QueryQuantization.White);
        Math.Abs(2 * QueryQuantization.Error(grid, level)).ShouldBeLessThanOrEqualTo(PixelGrid.White);
    }

    [Fact]
    public void Every_byte_comes_back_from_its_float()
    {
        for (var pixel = 0; pixel <= 255; pixel++)
        {
            PixelGrid.FromUnit(pixel / 255f).ShouldBe(PixelGrid.FromByte((byte)pixel));
        }
    }

    [Property]
    public void Distances_of_bytes_are_exact(NonEmptyArray<byte> values, int seed)
    {
        var left = Enumerable.Repeat(values.Get, 9).SelectMany(value => value).ToArray();
        var right = new byte[left.Length];
        new Random(seed).NextBytes(right);
        ByteDistance.Squared(left, right).ShouldBe(left.Zip(right, (a, b) => (long)(a - b) * (a - b)).Sum());
    }

    [Fact]
    public void Distances_of_the_largest_images_do_not_overflow()
    {
        var white = new byte[PixelGrid.MostPixels];
        white.AsSpan().Fill(255);
        ByteDistance.Squared(white, new byte[white.Length]).ShouldBe(65025L * white.Length);
        var exact = PixelGrid.SquaredDistance(new int[white.Length], white);
        ((BigInteger)exact).ShouldBe(new BigInteger(65025L * white.Length) << 28);
    }

    [Theory]
    [InlineData(0x3F3F3F3F, unchecked((int)0x80808080))]
    [InlineData(0x3F3F3F3F, 0x7F7F7F7F)]
    [InlineData(0x3F003F01, unchecked((int)0x807F0180))]
    public void The_largest_products_are_exact_at_every_width(int levels, int pixels)
    {
        const int quads = 4;
        const int pitch = quads + 3;
        var (queries, train, sums) = (new AlignedBuffer(12 * pitch), new AlignedBuffer(quads * 32), new AlignedBuffer(12 * 32));
        new Span<int>(queries.Pointer, queries.Length).Fill(levels);
        new Span<int>(train.Pointer, train.Length).Fill(pixels);
        var expected = 0;
        for (var index = 0; index < 4; index++)
        {
            expected += quads * ((levels >> (8 * index)) & 0xFF) * (sbyte)(pixels >> (8 * index));
        }

        foreach (var width in Enum.GetValues<VectorWidth>())
        {
            sums.Span.Clear();
            ByteMatrixProduct.Run(
                width, (int*)queries.Pointer, pitch, 12, (int*)train.Pointer, quads, sums.Pointer);
            sums.Span.ToArray().ShouldAllBe(sum => sum == expected);
        }
    }

    [Property(MaxTest = 50)]
    public void Coarse_distances_are_within_their_bounds(int seed, byte length, byte darkest)
    {
        var random = new Random(seed);
        var images = Pools.Random(random, 1 + length % 60, 32, darkest, 1 + random.Next(256));
        var panels = new TrainPanels(images, [.. Enumerable.Range(0, 32)]);
        int[] grid = [.. Enumerable.Range(0, images.Shape.Length).Select(_ => random.Next(PixelGrid.White + 1))];
        var levels = new AlignedBuffer(6 * panels.Quads);
        var bytes = new Span<byte>(levels.Pointer, grid.Length);
        for (var i = 0; i < grid.Length; i++)
        {
            bytes[i] = QueryQuantization.Nearest(grid[i]);
        }

        var bounds = new QueryBounds(grid, bytes, panels.LargestNorm);
        var scores = new AlignedBuffer(6 * 32);
        foreach (var width in Enum.GetValues<VectorWidth>())
        {
            ByteMatrixProduct.Run(
                width, (int*)levels.Pointer, panels.Quads, 6, panels.Pixels(0), panels.Quads, scores.Pointer);
            bool anyBelow;
            width.Run(new PanelScores(panels.Norms(0), float.NegativeInfinity, scores.Pointer, &anyBelow));
            anyBelow.ShouldBeFalse();
            for (var position = 0; position < 32; position++)
            {
                var (coarse, exact) = (0.0, Math.Sqrt(PixelGrid.SquaredDistance(grid, images.Image(position))) / 16384);
                for (var i = 0; i < grid.Length; i++)
                {
                    coarse += Math.Pow(bytes[i] * 255.0 / 63 - images.Image(position)[i], 2);
                }

                Math.Abs(scores.Span[position] + bounds.Constant - coarse).ShouldBeLessThanOrEqualTo(bounds.Rounding + 1e-6);
                Math.Abs(Math.Sqrt(coarse) - exact).ShouldBeLessThanOrEqualTo(bounds.CoarseError + 1e-9);
            }
        }
    }
}
