using AdvFit.Learning.Attacks.CarliniWagner;
using AdvFit.Learning.Kernels;
using FsCheck.Xunit;

namespace AdvFit.Learning.Tests.Attacks;

public sealed unsafe class TanhSpaceAdamKernelTests
{
    private const int Pixels = 13;

    [Property(MaxTest = 20)]
    public void Every_width_gives_the_same_bits_and_no_lane_sees_another(int seed)
    {
        var whole = Run(seed, 32, VectorWidth.Bits512, 0);
        Run(seed, 32, VectorWidth.Bits256, 0).ShouldBe(whole);
        Run(seed, 32, VectorWidth.Bits128, 0).ShouldBe(whole);
        var alone = Enumerable.Range(0, 32).Select(lane => Run(seed, 1, VectorWidth.Bits128, lane)).ToArray();
        for (var row = 0; row < whole.Length / 32; row++)
        {
            for (var lane = 0; lane < 32; lane++)
            {
                whole[row * 32 + lane].ShouldBe(alone[lane][row]);
            }
        }
    }

    [Fact]
    public void A_step_is_Adams_in_double_precision()
    {
        var random = new Random(2);
        var (w, m, v) = (0.3, 0.01, 0.002);
        var origin = TanhSpaceAdamKernel.Pixel(0.2f);
        var p = TanhSpaceAdamKernel.Pixel(0.3f);
        var (mask, none) = (-1, 0);
        for (var i = 0; i < 100; i++)
        {
            var gradient = random.NextSingle() * 4 - 2;
            var (pixels, positions, first, second) = (Buffer(p), Buffer(0.3f), Buffer(0.01f), Buffer(0.002f));
            var step = new TanhSpaceAdamStep
            {
                Gradients = Buffer(gradient).Pointer,
                Pixels = pixels.Pointer,
                Origins = Buffer(origin).Pointer,
                Positions = positions.Pointer,
                FirstMoments = first.Pointer,
                SecondMoments = second.Pointer,
                Best = Buffer(0).Pointer,
                Moving = &mask,
                Asking = &mask,
                Improved = &none,
                StepSizes = Buffer(0.1f).Pointer,
                SecondCorrections = Buffer(1.5f).Pointer,
                Distances = Buffer(9).Pointer,
            };
            TanhSpaceAdamKernel.For(1, VectorWidth.Bits128).Step(step, 1, 1);

            var g = (gradient + 2 * ((double)p - origin)) * 2 * p * (1 - p);
            var (newM, newV) = (0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g);
            var newW = w - 0.1 * newM / (Math.Sqrt(newV) * 1.5 + 1e-8);
            ((double)positions.Span[0]).ShouldBe(newW, 1e-6);
            ((double)pixels.Span[0]).ShouldBe((Math.Tanh(newW) + 1) / 2, 1e-6);
            ((double)first.Span[0]).ShouldBe(newM, 1e-6);
            ((double)second.Span[0]).ShouldBe(newV, 1e-6);
        }
    }

    [Fact]
    public void The_inverse_of_tanh_agrees_with_the_systems()
    {
        for (var i = -999_999; i <= 999_999; i += 37)
        {
            var x = i / 1e6;
            PortableMath.InverseTanh(x).ShouldBe(Math.Atanh(x), 1e-14);
            PortableMath.Log(x + 1.5).ShouldBe(Math.Log(x + 1.5), 1e-15);
        }
    }

    private static AlignedBuffer Buffer(float value)
    {
        var buffer = new AlignedBuffer(1);
        buffer.Span[0] = value;
        return buffer;
    }

    /// <summary>Every array after a step, of a range of the 32 lanes that a seed stands for.</summary>
    private static int[] Run(int seed, int lanes, VectorWidth width, int from)
    {
        var random = new Random(seed);
        AlignedBuffer Random(int rows, double low, double high)
        {
            var buffer = new AlignedBuffer(rows * lanes);
            for (var at = 0; at < rows * 32; at++)
            {
                var value = (float)(low + (high - low) * random.NextDouble());
                var lane = at % 32 - from;
                if (lane >= 0 && lane < lanes)
                {
                    buffer.Span[at / 32 * lanes + lane] = value;
                }
            }

            return buffer;
        }

        AlignedBuffer[] arrays =
        [
            Random(Pixels, -1, 1), Random(Pixels, 0, 1), Random(Pixels, 0, 1), Random(Pixels, -7, 7),
            Random(Pixels, -1, 1), Random(Pixels, 0, 1), Random(Pixels, 0, 1),
        ];
        AlignedBuffer[] perLane = [Random(1, 0, 0.1), Random(1, 1, 10), Random(1, 0, 1)];
        var masks = stackalloc int[3 * lanes];
        for (var at = 0; at < 3 * 32; at++)
        {
            var (mask, lane) = (-random.Next(2), at % 32 - from);
            if (lane >= 0 && lane < lanes)
            {
                masks[at / 32 * lanes + lane] = mask;
            }
        }

        var step = new TanhSpaceAdamStep
        {
            Gradients = arrays[0].Pointer,
            Pixels = arrays[1].Pointer,
            Origins = arrays[2].Pointer,
            Positions = arrays[3].Pointer,
            FirstMoments = arrays[4].Pointer,
            SecondMoments = arrays[5].Pointer,
            Best = arrays[6].Pointer,
            Moving = masks,
            Asking = masks + lanes,
            Improved = masks + 2 * lanes,
            StepSizes = perLane[0].Pointer,
            SecondCorrections = perLane[1].Pointer,
            Distances = perLane[2].Pointer,
        };
        TanhSpaceAdamKernel.For(lanes, width).Step(step, Pixels, lanes);
        return [.. arrays.Concat(perLane).SelectMany(buffer => buffer.Span.ToArray()).Select(BitConverter.SingleToInt32Bits)];
    }
}
