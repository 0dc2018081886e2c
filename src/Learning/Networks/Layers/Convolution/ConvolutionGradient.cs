using System.Runtime.CompilerServices;
using AdvFit.Learning.Kernels;

namespace AdvFit.Learning.Networks.Layers;

/// <summary>
/// Weight gradient of a convolution: for each output channel and tap, the sum over positions and lanes of the output's
/// gradient times the input under the tap. A block of channels by two taps stays in registers over a run of positions
/// that is short enough for its rows to stay in the first-level cache.
/// </summary>
/// <remarks>Lanes are added as <see cref="LaneSums{TOps, TVector}"/> says, so that every width gives the same bits.</remarks>
internal static unsafe class ConvolutionGradient<TOps, TVector>
    where TOps : struct, ILaneOperations<TVector>
    where TVector : struct
{
    private const int Partials = LaneSums<TOps, TVector>.Partials;

    /// <summary>Positions whose gradients for six channels fill about a third of a 32 KiB cache.</summary>
    private const int RunLength = 16;

    /// <summary>Floats of scratch needed.</summary>
    public static int ScratchLength(int taps) => ChannelBlocks.Largest * (taps + taps % 2) * Partials;

    /// <param name="workers">The threads that share the work.</param>
    /// <param name="plan">The plan of the forward pass, of which the blocks of channels are taken.</param>
    /// <param name="inputs">Offset of each position's input window, in floats; the output's rows lie in this order.</param>
    /// <param name="taps">Offset of each tap within the window, in floats.</param>
    /// <param name="input">The layer's input (padded, if it has padding).</param>
    /// <param name="outputGradient">[channel][position][lane].</param>
    /// <param name="scratch">Room for <see cref="ScratchLength"/> floats for each worker.</param>
    /// <param name="weightGradient">[channel][tap]; overwritten.</param>
    /// <param name="biasGradient">[channel]; overwritten. Null where there is none.</param>
    public static void Run(
        Workers workers, WeightedSumPlan plan, int[] inputs, int[] taps, float* input, float* outputGradient, float* scratch,
        float* weightGradient, float* biasGradient) => workers.Run(
            plan.Blocks.Length, plan.MultiplyAdds, new Work(plan, inputs, taps, input, outputGradient, scratch, weightGradient, biasGradient));

    /// <summary>A piece is a block of channels.</summary>
    private readonly struct Work(
        WeightedSumPlan plan, int[] inputs, int[] taps, float* input, float* outputGradient, float* scratch,
        float* weightGradient, float* biasGradient) : IPieces
    {
        public void Run(int piece, int worker)
        {
            var (size, channel) = (plan.Blocks[piece], plan.FirstChannels[piece]);
            var plane = inputs.Length * Tile.Lanes;
            var sums = scratch + worker * ScratchLength(taps.Length);
            var gradient = outputGradient + (nint)channel * plane;
            Sum(size, inputs, taps, input, gradient, sums);
            for (var i = 0; i < size; i++)
            {
                for (var tap = 0; tap < taps.Length; tap++)
                {
                    weightGradient[(channel + i) * taps.Length + tap] =
                        LaneSums<TOps, TVector>.OfPartials(sums + ((tap / 2 * size + i) * 2 + tap % 2) * Partials);
                }

                if (biasGradient is not null)
                {
                    biasGradient[channel + i] = LaneSums<TOps, TVector>.OfRows(gradient + i * plane, inputs.Length, sums);
                }
            }
        }
    }

    /// <summary>The partial sums of a block of channels: [pair of taps][channel][tap of the pair][partial].</summary>
    private static void Sum(int size, ReadOnlySpan<int> inputs, ReadOnlySpan<int> taps, float* input, float* outputGradient, float* sums)
    {
        var plane = inputs.Length * Tile.Lanes;
        new Span<float>(sums, ScratchLength(taps.Length)).Clear();
        for (var start = 0; start < inputs.Length; start += RunLength)
        {
            var run = inputs[start..Math.Min(start + RunLength, inputs.Length)];
            var gradient = outputGradient + start * Tile.Lanes;
            var target = sums;
            for (var tap = 0; tap < taps.Length; tap += 2, target += 2 * size * Partials)
            {
                var first = input + taps[tap];
                // An odd last tap is paired with itself and the second result ignored.
                var second = tap + 1 < taps.Length ? input + taps[tap + 1] : first;
                switch (size)
                {
                    case 6:
                        Block<SixChannels>(run, first, second, gradient, plane, target);
                        break;
                    case 4:
                        Block<FourChannels>(run, first, second, gradient, plane, target);
                        break;
                    case 3:
                        Block<ThreeChannels>(run, first, second, gradient, plane, target);
                        break;
                    default:
                        Block<OneChannel>(run, first, second, gradient, plane, target);
                        break;
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block<TBlock>(
        ReadOnlySpan<int> inputs, float* first, float* second, float* gradient, nint plane, float* sums)
        where TBlock : struct, IChannelBlock
    {
        for (var lane = 0; lane < Partials; lane += TOps.Width)
        {
            var target = sums + lane;
            TVector first0, first1 = default, first2 = default, first3 = default, first4 = default, first5 = default;
            TVector second0, second1 = default, second2 = default, second3 = default, second4 = default, second5 = default;
            first0 = TOps.Load(target + 0 * Partials);
            second0 = TOps.Load(target + 1 * Partials);

            if (TBlock.Size > 1)
            {
                first1 = TOps.Load(target + 2 * Partials);
                second1 = TOps.Load(target + 3 * Partials);
                first2 = TOps.Load(target + 4 * Partials);
                second2 = TOps.Load(target + 5 * Partials);
            }

            if (TBlock.Size > 3)
            {
                first3 = TOps.Load(target + 6 * Partials);
                second3 = TOps.Load(target + 7 * Partials);
            }

            if (TBlock.Size > 4)
            {
                first4 = TOps.Load(target + 8 * Partials);
                second4 = TOps.Load(target + 9 * Partials);
                first5 = TOps.Load(target + 10 * Partials);
                second5 = TOps.Load(target + 11 * Partials);
            }

            var row = gradient + lane;
            foreach (var offset in inputs)
            {
                for (var half = 0; half < Tile.Lanes; half += Partials)
                {
                    var a = TOps.Load(first + offset + lane + half);
                    var b = TOps.Load(second + offset + lane + half);
                    var at = row + half;
                    var g = TOps.Load(at);
                    first0 = TOps.FusedMultiplyAdd(a, g, first0);
                    second0 = TOps.FusedMultiplyAdd(b, g, second0);

                    if (TBlock.Size > 1)
                    {
                        g = TOps.Load(at += plane);
                        first1 = TOps.FusedMultiplyAdd(a, g, first1);
                        second1 = TOps.FusedMultiplyAdd(b, g, second1);
                        g = TOps.Load(at += plane);
                        first2 = TOps.FusedMultiplyAdd(a, g, first2);
                        second2 = TOps.FusedMultiplyAdd(b, g, second2);
                    }

                    if (TBlock.Size > 3)
                    {
                        g = TOps.Load(at += plane);
                        first3 = TOps.FusedMultiplyAdd(a, g, first3);
                        second3 = TOps.FusedMultiplyAdd(b, g, second3);
                    }

                    if (TBlock.Size > 4)
                    {
                        g = TOps.Load(at += plane);
                        first4 = TOps.FusedMultiplyAdd(a, g, first4);
                        second4 = TOps.FusedMultiplyAdd(b, g, second4);
                        g = TOps.Load(at += plane);
                        first5 = TOps.FusedMultiplyAdd(a, g, first5);
                        second5 = TOps.FusedMultiplyAdd(b, g, second5);
                    }
                }

                row += Tile.Lanes;
            }

            TOps.Store(first0, target + 0 * Partials);
            TOps.Store(second0, target + 1 * Partials);

            if (TBlock.Size > 1)
            {
                TOps.Store(first1, target + 2 * Partials);
                TOps.Store(second1, target + 3 * Partials);
                TOps.Store(first2, target + 4 * Partials);
                TOps.Store(second2, target + 5 * Partials);
            }

            if (TBlock.Size > 3)
            {
                TOps.Store(first3, target + 6 * Partials);
                TOps.Store(second3, target + 7 * Partials);
            }

            if (TBlock.Size > 4)
            {
                TOps.Store(first4, target + 8 * Partials);
                TOps.Store(second4, target + 9 * Partials);
                TOps.Store(first5, target + 10 * Partials);
                TOps.Store(second5, target + 11 * Partials);
            }
        }
    }
}
