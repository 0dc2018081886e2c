using System.Runtime.CompilerServices;

namespace AdvFit.Learning.Kernels;

/// <summary>
/// The kernel of <see cref="WeightedSumPlan"/>: a block of channels by two vectors of lanes stays in registers while the
/// terms go by, so that every loaded input serves the whole block and every broadcast weight serves two vectors.
/// </summary>
/// <remarks>
/// The blocks of each size are written out, one sum a local variable: the compiler keeps those in registers, and no array.
/// </remarks>
internal static unsafe class WeightedSums<TOps, TVector>
    where TOps : struct, ILaneOperations<TVector>
    where TVector : struct
{
    /// <param name="plan">The layer.</param>
    /// <param name="input">Input rows of 32 lanes.</param>
    /// <param name="weights">Weights, in the order that the plan says.</param>
    /// <param name="bias">One per channel, or null for zeros.</param>
    /// <param name="output">Output rows of 32 lanes.</param>
    public static void Run(WeightedSumPlan plan, float* input, float* weights, float* bias, float* output)
    {
        float* zeros = stackalloc float[ChannelBlocks.Largest];
        new Span<float>(zeros, ChannelBlocks.Largest).Clear();
        foreach (var size in plan.Blocks)
        {
            var initial = bias is null ? zeros : bias;
            if (plan.IsPacked || plan.ChannelStride == 1)
            {
                Block<One>(size, plan, input, weights, initial, output);
            }
            else
            {
                Block<Any>(size, plan, input, weights, initial, output);
            }

            weights += plan.IsPacked ? size * plan.Terms : size * plan.ChannelStride;
            output += size * plan.OutputPitch;
            bias = bias is null ? null : bias + size;
        }
    }

    private static void Block<TStride>(
        int size, WeightedSumPlan plan, float* input, float* weights, float* initial, float* output)
        where TStride : struct, IStride
    {
        switch (size)
        {
            case 6:
                Block6<TStride>(plan, input, weights, initial, output);
                break;
            case 4:
                Block4<TStride>(plan, input, weights, initial, output);
                break;
            case 3:
                Block3<TStride>(plan, input, weights, initial, output);
                break;
            default:
                Block1<TStride>(plan, input, weights, initial, output);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block6<TStride>(
        WeightedSumPlan plan, float* input, float* weights, float* initial, float* output)
        where TStride : struct, IStride
    {
        var (depth, pitch) = (plan.Depth, plan.Pitch);
        nint plane = plan.OutputPitch;
        nint next = plan.IsPacked ? 6 : plan.TermStride;
        var stride = TStride.Of(plan.ChannelStride);
        fixed (Segment* segments = plan.Segments)
        {
            foreach (ref readonly var position in plan.Positions.AsSpan())
            {
                var first = segments + position.FirstSegment;
                var end = first + position.SegmentCount;
                for (var lane = 0; lane < Tile.Lanes; lane += 2 * TOps.Width)
                {
                    var origin = input + position.Input + lane;
                    var left0 = TOps.Broadcast(initial[0]);
                    var right0 = left0;
                    var left1 = TOps.Broadcast(initial[1]);
                    var right1 = left1;
                    var left2 = TOps.Broadcast(initial[2]);
                    var right2 = left2;
                    var left3 = TOps.Broadcast(initial[3]);
                    var right3 = left3;
                    var left4 = TOps.Broadcast(initial[4]);
                    var right4 = left4;
                    var left5 = TOps.Broadcast(initial[5]);
                    var right5 = left5;
                    for (var segment = first; segment < end; segment++)
                    {
                        var row = origin + segment->Input;
                        var weight = weights + segment->Term * next;
                        var upper = weight + 3 * stride;
                        for (var term = depth; term > 0; term--)
                        {
                            var left = TOps.Load(row);
                            var right = TOps.Load(row + TOps.Width);
                            row += pitch;
                            var w = TOps.Broadcast(weight[0]);
                            left0 = TOps.FusedMultiplyAdd(left, w, left0);
                            right0 = TOps.FusedMultiplyAdd(right, w, right0);
                            w = TOps.Broadcast(weight[stride]);
                            left1 = TOps.FusedMultiplyAdd(left, w, left1);
                            right1 = TOps.FusedMultiplyAdd(right, w, right1);
                            w = TOps.Broadcast(weight[2 * stride]);
                            left2 = TOps.FusedMultiplyAdd(left, w, left2);
                            right2 = TOps.FusedMultiplyAdd(right, w, right2);
                            w = TOps.Broadcast(upper[0]);
                            left3 = TOps.FusedMultiplyAdd(left, w, left3);
                            right3 = TOps.FusedMultiplyAdd(right, w, right3);
                            w = TOps.Broadcast(upper[stride]);
                            left4 = TOps.FusedMultiplyAdd(left, w, left4);
                            right4 = TOps.FusedMultiplyAdd(right, w, right4);
                            w = TOps.Broadcast(upper[2 * stride]);
                            left5 = TOps.FusedMultiplyAdd(left, w, left5);
                            right5 = TOps.FusedMultiplyAdd(right, w, right5);
                            weight += next;
                            upper += next;
                        }
                    }

                    var target = output + position.Output + lane;
                    TOps.Store(left0, target);
                    TOps.Store(right0, target + TOps.Width);
                    target += plane;
                    TOps.Store(left1, target);
                    TOps.Store(right1, target + TOps.Width);
                    target += plane;
                    TOps.Store(left2, target);
                    TOps.Store(right2, target + TOps.Width);
                    target += plane;
                    TOps.Store(left3, target);
                    TOps.Store(right3, target + TOps.Width);
                    target += plane;
                    TOps.Store(left4, target);
                    TOps.Store(right4, target + TOps.Width);
                    target += plane;
                    TOps.Store(left5, target);
                    TOps.Store(right5, target + TOps.Width);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block4<TStride>(
        WeightedSumPlan plan, float* input, float* weights, float* initial, float* output)
        where TStride : struct, IStride
    {
        var (depth, pitch) = (plan.Depth, plan.Pitch);
        nint plane = plan.OutputPitch;
        nint next = plan.IsPacked ? 4 : plan.TermStride;
        var stride = TStride.Of(plan.ChannelStride);
        fixed (Segment* segments = plan.Segments)
        {
            foreach (ref readonly var position in plan.Positions.AsSpan())
            {
                var first = segments + position.FirstSegment;
                var end = first + position.SegmentCount;
                for (var lane = 0; lane < Tile.Lanes; lane += 2 * TOps.Width)
                {
                    var origin = input + position.Input + lane;
                    var left0 = TOps.Broadcast(initial[0]);
                    var right0 = left0;
                    var left1 = TOps.Broadcast(initial[1]);
                    var right1 = left1;
                    var left2 = TOps.Broadcast(initial[2]);
                    var right2 = left2;
                    var left3 = TOps.Broadcast(initial[3]);
                    var right3 = left3;
                    for (var segment = first; segment < end; segment++)
                    {
                        var row = origin + segment->Input;
                        var weight = weights + segment->Term * next;
                        var upper = weight + 3 * stride;
                        for (var term = depth; term > 0; term--)
                        {
                            var left = TOps.Load(row);
                            var right = TOps.Load(row + TOps.Width);
                            row += pitch;
                            var w = TOps.Broadcast(weight[0]);
                            left0 = TOps.FusedMultiplyAdd(left, w, left0);
                            right0 = TOps.FusedMultiplyAdd(right, w, right0);
                            w = TOps.Broadcast(weight[stride]);
                            left1 = TOps.FusedMultiplyAdd(left, w, left1);
                            right1 = TOps.FusedMultiplyAdd(right, w, right1);
                            w = TOps.Broadcast(weight[2 * stride]);
                            left2 = TOps.FusedMultiplyAdd(left, w, left2);
                            right2 = TOps.FusedMultiplyAdd(right, w, right2);
                            w = TOps.Broadcast(upper[0]);
                            left3 = TOps.FusedMultiplyAdd(left, w, left3);
                            right3 = TOps.FusedMultiplyAdd(right, w, right3);
                            weight += next;
                            upper += next;
                        }
                    }

                    var target = output + position.Output + lane;
                    TOps.Store(left0, target);
                    TOps.Store(right0, target + TOps.Width);
                    target += plane;
                    TOps.Store(left1, target);
                    TOps.Store(right1, target + TOps.Width);
                    target += plane;
                    TOps.Store(left2, target);
                    TOps.Store(right2, target + TOps.Width);
                    target += plane;
                    TOps.Store(left3, target);
                    TOps.Store(right3, target + TOps.Width);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block3<TStride>(
        WeightedSumPlan plan, float* input, float* weights, float* initial, float* output)
        where TStride : struct, IStride
    {
        var (depth, pitch) = (plan.Depth, plan.Pitch);
        nint plane = plan.OutputPitch;
        nint next = plan.IsPacked ? 3 : plan.TermStride;
        var stride = TStride.Of(plan.ChannelStride);
        fixed (Segment* segments = plan.Segments)
        {
            foreach (ref readonly var position in plan.Positions.AsSpan())
            {
                var first = segments + position.FirstSegment;
                var end = first + position.SegmentCount;
                for (var lane = 0; lane < Tile.Lanes; lane += 2 * TOps.Width)
                {
                    var origin = input + position.Input + lane;
                    var left0 = TOps.Broadcast(initial[0]);
                    var right0 = left0;
                    var left1 = TOps.Broadcast(initial[1]);
                    var right1 = left1;
                    var left2 = TOps.Broadcast(initial[2]);
                    var right2 = left2;
                    for (var segment = first; segment < end; segment++)
                    {
                        var row = origin + segment->Input;
                        var weight = weights + segment->Term * next;
                        for (var term = depth; term > 0; term--)
                        {
                            var left = TOps.Load(row);
                            var right = TOps.Load(row + TOps.Width);
                            row += pitch;
                            var w = TOps.Broadcast(weight[0]);
                            left0 = TOps.FusedMultiplyAdd(left, w, left0);
                            right0 = TOps.FusedMultiplyAdd(right, w, right0);
                            w = TOps.Broadcast(weight[stride]);
                            left1 = TOps.FusedMultiplyAdd(left, w, left1);
                            right1 = TOps.FusedMultiplyAdd(right, w, right1);
                            w = TOps.Broadcast(weight[2 * stride]);
                            left2 = TOps.FusedMultiplyAdd(left, w, left2);
                            right2 = TOps.FusedMultiplyAdd(right, w, right2);
                            weight += next;
                        }
                    }

                    var target = output + position.Output + lane;
                    TOps.Store(left0, target);
                    TOps.Store(right0, target + TOps.Width);
                    target += plane;
                    TOps.Store(left1, target);
                    TOps.Store(right1, target + TOps.Width);
                    target += plane;
                    TOps.Store(left2, target);
                    TOps.Store(right2, target + TOps.Width);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block1<TStride>(
        WeightedSumPlan plan, float* input, float* weights, float* initial, float* output)
        where TStride : struct, IStride
    {
        var (depth, pitch) = (plan.Depth, plan.Pitch);
        nint plane = plan.OutputPitch;
        nint next = plan.IsPacked ? 1 : plan.TermStride;
        fixed (Segment* segments = plan.Segments)
        {
            foreach (ref readonly var position in plan.Positions.AsSpan())
            {
                var first = segments + position.FirstSegment;
                var end = first + position.SegmentCount;
                for (var lane = 0; lane < Tile.Lanes; lane += 2 * TOps.Width)
                {
                    var origin = input + position.Input + lane;
                    var left0 = TOps.Broadcast(initial[0]);
                    var right0 = left0;
                    for (var segment = first; segment < end; segment++)
                    {
                        var row = origin + segment->Input;
                        var weight = weights + segment->Term * next;
                        for (var term = depth; term > 0; term--)
                        {
                            var left = TOps.Load(row);
                            var right = TOps.Load(row + TOps.Width);
                            row += pitch;
                            var w = TOps.Broadcast(weight[0]);
                            left0 = TOps.FusedMultiplyAdd(left, w, left0);
                            right0 = TOps.FusedMultiplyAdd(right, w, right0);
                            weight += next;
                        }
                    }

                    var target = output + position.Output + lane;
                    TOps.Store(left0, target);
                    TOps.Store(right0, target + TOps.Width);
                }
            }
        }
    }
}

/// <summary>The stride between the weights of neighbouring channels: a type, so that 1 is a constant to the compiler.</summary>
internal interface IStride
{
    static abstract nint Of(nint stride);
}

/// <summary>Neighbouring channels lie side by side.</summary>
internal readonly struct One : IStride
{
    public static nint Of(nint stride) => 1;
}

/// <summary>Neighbouring channels lie any distance apart.</summary>
internal readonly struct Any : IStride
{
    public static nint Of(nint stride) => stride;
}
