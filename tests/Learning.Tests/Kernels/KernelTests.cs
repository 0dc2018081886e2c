using System.Runtime.Intrinsics;
using AdvFit.Learning.Kernels;
using AdvFit.Learning.Networks;
using AdvFit.Learning.Networks.Layers;

namespace AdvFit.Learning.Tests.Kernels;

public sealed unsafe class KernelTests
{
    public static TheoryData<VectorWidth> Widths => [.. Enum.GetValues<VectorWidth>()];

    [Theory]
    [InlineData(-87, 88, 3e-7)]
    [InlineData(-1, 1, 2e-7)]
    public void Exp_is_good_to_two_units_in_the_last_place(double from, double to, double tolerance)
    {
        for (var i = 0; i <= 100_000; i++)
        {
            var x = (float)(from + (to - from) * i / 100_000);
            var y = ElementaryFunctions<Lanes128, Vector128<float>>.Exp(Vector128.Create(x))[0];
            ((double)y / Math.Exp(x)).ShouldBe(1, tolerance);
        }
    }

    [Fact]
    public void Tanh_is_good_to_three_units_in_the_last_place()
    {
        for (var i = -100_000; i <= 100_000; i++)
        {
            var x = i * 2e-4f;
            var y = ElementaryFunctions<Lanes128, Vector128<float>>.Tanh(Vector128.Create(x))[0];
            Math.Abs(y - Math.Tanh(x)).ShouldBeLessThanOrEqualTo(3.6e-7 * Math.Abs(Math.Tanh(x)));
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Not_a_number_is_never_hidden(VectorWidth width)
    {
        var network = new NetworkDefinition(
            "activations", new ImageShape(2, 1, 1),
            [new Linear("l", 2), new Activation(ActivationKind.Relu), new Activation(ActivationKind.Tanh), new Pooling(PoolingKind.Max, 1)]);
        var tile = new Network(network, width).CreateTile();
        tile.Pixels[5] = float.NaN;
        tile.Forward();
        tile.Logits[5].ShouldBe(float.NaN);
        tile.Logits[6].ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Bytes_become_the_correctly_rounded_quotient_by_255(VectorWidth width)
    {
        const int pixels = 11;
        var images = new byte[Tile.Lanes][];
        for (var lane = 0; lane < Tile.Lanes; lane++)
        {
            images[lane] = [.. Enumerable.Range(0, pixels).Select(pixel => (byte)(lane * pixels + pixel))];
        }

        var packed = GC.AllocateArray<byte>(Tile.Lanes * pixels, pinned: true);
        var pointers = stackalloc byte*[Tile.Lanes];
        fixed (byte* start = packed)
        {
            for (var lane = 0; lane < Tile.Lanes; lane++)
            {
                images[lane].CopyTo(packed, lane * pixels);
                pointers[lane] = start + lane * pixels;
            }

            var target = new AlignedBuffer(pixels * Tile.Lanes);
            width.Run(new BytesToPixels(pointers, pixels, target.Pointer));
            for (var pixel = 0; pixel < pixels; pixel++)
            {
                for (var lane = 0; lane < Tile.Lanes; lane++)
                {
                    target.Span[pixel * Tile.Lanes + lane].ShouldBe(images[lane][pixel] / 255f);
                }
            }
        }
    }

    [Fact]
    public void Channel_blocks_add_up_and_avoid_single_channels()
    {
        for (var channels = 1; channels <= 600; channels++)
        {
            var blocks = ChannelBlocks.Split(channels);
            blocks.Sum().ShouldBe(channels);
            blocks.Count(size => size == 1).ShouldBeLessThanOrEqualTo(channels is 2 ? 2 : 1);
        }

        ChannelBlocks.Split(16).ShouldBe([6, 6, 4]);
        ChannelBlocks.Split(50).ShouldBe([6, 6, 6, 6, 6, 6, 6, 4, 4]);
    }
}
