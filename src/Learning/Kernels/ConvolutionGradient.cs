using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AdvFit.Learning.Kernels;

/// <summary>
/// Weight gradient of a convolution: for each output channel and tap, the sum over positions and lanes of the output's
/// gradient times the input under the tap. A block of channels by two taps stays in registers over a run of positions
/// that is short enough for its rows to stay in the first-level cache.
/// </summary>
/// <remarks>
/// Sums are kept in 16 partial sums, of lanes i and i + 16, whatever the vector width, and added in a fixed tree, so that
/// every width gives the same bits. The blocks of each size are written out as in
/// <see cref="WeightedSums{TOps, TVector}"/>.
/// </remarks>
internal static unsafe class ConvolutionGradient<TOps, TVector>
    where TOps : struct, ILaneOperations<TVector>
    where TVector : struct
{
    private const int Partials = Tile.Lanes / 2;

    /// <summary>Positions whose gradients for six channels fill about a third of a 32 KiB cache.</summary>
    private const int RunLength = 16;

    /// <summary>Floats of scratch needed.</summary>
    public static int ScratchLength(int taps) => ChannelBlocks.Largest * (taps + taps % 2) * Partials;

    /// <param name="blocks">The output channels, split as <see cref="ChannelBlocks"/> does.</param>
    /// <param name="inputs">Offset of each position's input window, in floats; the output's rows lie in this order.</param>
    /// <param name="taps">Offset of each tap within the window, in floats.</param>
    /// <param name="input">The layer's input (padded, if it has padding).</param>
    /// <param name="outputGradient">[channel][position][lane].</param>
    /// <param name="scratch">Room for <see cref="ScratchLength"/> floats.</param>
    /// <param name="weightGradient">[channel][tap]; overwritten.</param>
    /// <param name="biasGradient">[channel]; overwritten.</param>
    public static void Run(
        ReadOnlySpan<int> blocks, ReadOnlySpan<int> inputs, ReadOnlySpan<int> taps, float* input, float* outputGradient,
        float* scratch, float* weightGradient, float* biasGradient)
    {
        var plane = inputs.Length * Tile.Lanes;
        foreach (var size in blocks)
        {
            new Span<float>(scratch, ScratchLength(taps.Length)).Clear();
            for (var start = 0; start < inputs.Length; start += RunLength)
            {
                var run = inputs[start..Math.Min(start + RunLength, inputs.Length)];
                var gradient = outputGradient + start * Tile.Lanes;
                var sums = scratch;
                for (var tap = 0; tap < taps.Length; tap += 2, sums += 2 * size * Partials)
                {
                    var first = input + taps[tap];
                    // An odd last tap is paired with itself and the second result ignored.
                    var second = tap + 1 < taps.Length ? input + taps[tap + 1] : first;
                    switch (size)
                    {
                        case 6:
                            Block6(run, first, second, gradient, plane, sums);
                            break;
                        case 4:
                            Block4(run, first, second, gradient, plane, sums);
                            break;
                        case 3:
                            Block3(run, first, second, gradient, plane, sums);
                            break;
                        default:
                            Block1(run, first, second, gradient, plane, sums);
                            break;
                    }
                }
            }

            for (var channel = 0; channel < size; channel++)
            {
                for (var tap = 0; tap < taps.Length; tap++)
                {
                    var sums = scratch + ((tap / 2 * size + channel) * 2 + tap % 2) * Partials;
                    weightGradient[channel * taps.Length + tap] = Tree(sums);
                }

                biasGradient[channel] = RowSum(outputGradient + channel * plane, inputs.Length, scratch);
            }

            outputGradient += size * plane;
            weightGradient += size * taps.Length;
            biasGradient += size;
        }
    }

    /// <summary>The sum of rows of 32 lanes.</summary>
    public static float RowSum(float* rows, int count, float* scratch)
    {
        for (var lane = 0; lane < Partials; lane += TOps.Width)
        {
            var sum = TOps.Broadcast(0);
            for (var row = rows + lane; row < rows + count * Tile.Lanes; row += Tile.Lanes)
            {
                sum = TOps.Add(TOps.Add(sum, TOps.Load(row)), TOps.Load(row + Partials));
            }

            TOps.Store(sum, scratch + lane);
        }

        return Tree(scratch);
    }

    /// <summary>The sum of 16 partial sums: i + 8, then i + 4, i + 2, i + 1.</summary>
    private static float Tree(float* sums)
    {
        var four = (Vector128.Load(sums) + Vector128.Load(sums + 8)) + (Vector128.Load(sums + 4) + Vector128.Load(sums + 12));
        return (four[0] + four[2]) + (four[1] + four[3]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block6(
        ReadOnlySpan<int> inputs, float* first, float* second, float* gradient, nint plane, float* sums)
    {
        for (var lane = 0; lane < Partials; lane += TOps.Width)
        {
            var target = sums + lane;
            var first0 = TOps.Load(target + 0 * Partials);
            var second0 = TOps.Load(target + 1 * Partials);
            var first1 = TOps.Load(target + 2 * Partials);
            var second1 = TOps.Load(target + 3 * Partials);
            var first2 = TOps.Load(target + 4 * Partials);
            var second2 = TOps.Load(target + 5 * Partials);
            var first3 = TOps.Load(target + 6 * Partials);
            var second3 = TOps.Load(target + 7 * Partials);
            var first4 = TOps.Load(target + 8 * Partials);
            var second4 = TOps.Load(target + 9 * Partials);
            var first5 = TOps.Load(target + 10 * Partials);
            var second5 = TOps.Load(target + 11 * Partials);
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
                    at += plane;
                    g = TOps.Load(at);
                    first1 = TOps.FusedMultiplyAdd(a, g, first1);
                    second1 = TOps.FusedMultiplyAdd(b, g, second1);
                    at += plane;
                    g = TOps.Load(at);
                    first2 = TOps.FusedMultiplyAdd(a, g, first2);
                    second2 = TOps.FusedMultiplyAdd(b, g, second2);
                    at += plane;
                    g = TOps.Load(at);
                    first3 = TOps.FusedMultiplyAdd(a, g, first3);
                    second3 = TOps.FusedMultiplyAdd(b, g, second3);
                    at += plane;
                    g = TOps.Load(at);
                    first4 = TOps.FusedMultiplyAdd(a, g, first4);
                    second4 = TOps.FusedMultiplyAdd(b, g, second4);
                    at += plane;
                    g = TOps.Load(at);
                    first5 = TOps.FusedMultiplyAdd(a, g, first5);
                    second5 = TOps.FusedMultiplyAdd(b, g, second5);
                }

                row += Tile.Lanes;
            }

            TOps.Store(first0, target + 0 * Partials);
            TOps.Store(second0, target + 1 * Partials);
            TOps.Store(first1, target + 2 * Partials);
            TOps.Store(second1, target + 3 * Partials);
            TOps.Store(first2, target + 4 * Partials);
            TOps.Store(second2, target + 5 * Partials);
            TOps.Store(first3, target + 6 * Partials);
            TOps.Store(second3, target + 7 * Partials);
            TOps.Store(first4, target + 8 * Partials);
            TOps.Store(second4, target + 9 * Partials);
            TOps.Store(first5, target + 10 * Partials);
            TOps.Store(second5, target + 11 * Partials);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block4(
        ReadOnlySpan<int> inputs, float* first, float* second, float* gradient, nint plane, float* sums)
    {
        for (var lane = 0; lane < Partials; lane += TOps.Width)
        {
            var target = sums + lane;
            var first0 = TOps.Load(target + 0 * Partials);
            var second0 = TOps.Load(target + 1 * Partials);
            var first1 = TOps.Load(target + 2 * Partials);
            var second1 = TOps.Load(target + 3 * Partials);
            var first2 = TOps.Load(target + 4 * Partials);
            var second2 = TOps.Load(target + 5 * Partials);
            var first3 = TOps.Load(target + 6 * Partials);
            var second3 = TOps.Load(target + 7 * Partials);
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
                    at += plane;
                    g = TOps.Load(at);
                    first1 = TOps.FusedMultiplyAdd(a, g, first1);
                    second1 = TOps.FusedMultiplyAdd(b, g, second1);
                    at += plane;
                    g = TOps.Load(at);
                    first2 = TOps.FusedMultiplyAdd(a, g, first2);
                    second2 = TOps.FusedMultiplyAdd(b, g, second2);
                    at += plane;
                    g = TOps.Load(at);
                    first3 = TOps.FusedMultiplyAdd(a, g, first3);
                    second3 = TOps.FusedMultiplyAdd(b, g, second3);
                }

                row += Tile.Lanes;
            }

            TOps.Store(first0, target + 0 * Partials);
            TOps.Store(second0, target + 1 * Partials);
            TOps.Store(first1, target + 2 * Partials);
            TOps.Store(second1, target + 3 * Partials);
            TOps.Store(first2, target + 4 * Partials);
            TOps.Store(second2, target + 5 * Partials);
            TOps.Store(first3, target + 6 * Partials);
            TOps.Store(second3, target + 7 * Partials);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block3(
        ReadOnlySpan<int> inputs, float* first, float* second, float* gradient, nint plane, float* sums)
    {
        for (var lane = 0; lane < Partials; lane += TOps.Width)
        {
            var target = sums + lane;
            var first0 = TOps.Load(target + 0 * Partials);
            var second0 = TOps.Load(target + 1 * Partials);
            var first1 = TOps.Load(target + 2 * Partials);
            var second1 = TOps.Load(target + 3 * Partials);
            var first2 = TOps.Load(target + 4 * Partials);
            var second2 = TOps.Load(target + 5 * Partials);
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
                    at += plane;
                    g = TOps.Load(at);
                    first1 = TOps.FusedMultiplyAdd(a, g, first1);
                    second1 = TOps.FusedMultiplyAdd(b, g, second1);
                    at += plane;
                    g = TOps.Load(at);
                    first2 = TOps.FusedMultiplyAdd(a, g, first2);
                    second2 = TOps.FusedMultiplyAdd(b, g, second2);
                }

                row += Tile.Lanes;
            }

            TOps.Store(first0, target + 0 * Partials);
            TOps.Store(second0, target + 1 * Partials);
            TOps.Store(first1, target + 2 * Partials);
            TOps.Store(second1, target + 3 * Partials);
            TOps.Store(first2, target + 4 * Partials);
            TOps.Store(second2, target + 5 * Partials);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block1(
        ReadOnlySpan<int> inputs, float* first, float* second, float* gradient, nint plane, float* sums)
    {
        for (var lane = 0; lane < Partials; lane += TOps.Width)
        {
            var target = sums + lane;
            var first0 = TOps.Load(target + 0 * Partials);
            var second0 = TOps.Load(target + 1 * Partials);
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
                }

                row += Tile.Lanes;
            }

            TOps.Store(first0, target + 0 * Partials);
            TOps.Store(second0, target + 1 * Partials);
        }
    }
}
