using System.Runtime.CompilerServices;

namespace AdvFit.Learning.Kernels;

/// <summary>
/// The kernel of <see cref="WeightedSumPlan"/>: a block of channels by two vectors of lanes stays in registers while the
/// terms go by, so that every loaded input serves the whole block and every broadcast weight serves two vectors.
/// </summary>
internal static unsafe class WeightedSums<TOps, TVector>
    where TOps : struct, ILaneOperations<TVector>
    where TVector : struct
{
    /// <param name="plan">The layer.</param>
    /// <param name="input">Input rows of 32 lanes.</param>
    /// <param name="packed">Weights as <see cref="WeightedSumPlan.Pack"/> orders them.</param>
    /// <param name="bias">One per channel, or null for zeros.</param>
    /// <param name="output">Output rows of 32 lanes.</param>
    public static void Run(WeightedSumPlan plan, float* input, float* packed, float* bias, float* output)
    {
        float* zeros = stackalloc float[6];
        new Span<float>(zeros, 6).Clear();
        foreach (var size in plan.Blocks)
        {
            var initial = bias is null ? zeros : bias;
            switch (size)
            {
                case 6:
                    Block6(plan, input, packed, initial, output);
                    break;
                case 4:
                    Block4(plan, input, packed, initial, output);
                    break;
                case 3:
                    Block3(plan, input, packed, initial, output);
                    break;
                default:
                    Block1(plan, input, packed, initial, output);
                    break;
            }

            packed += size * plan.Terms;
            output += size * plan.OutputPitch;
            bias = bias is null ? null : bias + size;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block6(WeightedSumPlan plan, float* input, float* packed, float* initial, float* output)
    {
        var (depth, pitch) = (plan.Depth, plan.Pitch);
        nint plane = plan.OutputPitch;
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
                        var weight = packed + segment->Term * 6;
                        for (var term = depth; term > 0; term--)
                        {
                            var left = TOps.Load(row);
                            var right = TOps.Load(row + TOps.Width);
                            row += pitch;
                            var w = TOps.Broadcast(weight[0]);
                            left0 = TOps.FusedMultiplyAdd(left, w, left0);
                            right0 = TOps.FusedMultiplyAdd(right, w, right0);
                            w = TOps.Broadcast(weight[1]);
                            left1 = TOps.FusedMultiplyAdd(left, w, left1);
                            right1 = TOps.FusedMultiplyAdd(right, w, right1);
                            w = TOps.Broadcast(weight[2]);
                            left2 = TOps.FusedMultiplyAdd(left, w, left2);
                            right2 = TOps.FusedMultiplyAdd(right, w, right2);
                            w = TOps.Broadcast(weight[3]);
                            left3 = TOps.FusedMultiplyAdd(left, w, left3);
                            right3 = TOps.FusedMultiplyAdd(right, w, right3);
                            w = TOps.Broadcast(weight[4]);
                            left4 = TOps.FusedMultiplyAdd(left, w, left4);
                            right4 = TOps.FusedMultiplyAdd(right, w, right4);
                            w = TOps.Broadcast(weight[5]);
                            left5 = TOps.FusedMultiplyAdd(left, w, left5);
                            right5 = TOps.FusedMultiplyAdd(right, w, right5);
                            weight += 6;
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
    private static void Block4(WeightedSumPlan plan, float* input, float* packed, float* initial, float* output)
    {
        var (depth, pitch) = (plan.Depth, plan.Pitch);
        nint plane = plan.OutputPitch;
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
                        var weight = packed + segment->Term * 4;
                        for (var term = depth; term > 0; term--)
                        {
                            var left = TOps.Load(row);
                            var right = TOps.Load(row + TOps.Width);
                            row += pitch;
                            var w = TOps.Broadcast(weight[0]);
                            left0 = TOps.FusedMultiplyAdd(left, w, left0);
                            right0 = TOps.FusedMultiplyAdd(right, w, right0);
                            w = TOps.Broadcast(weight[1]);
                            left1 = TOps.FusedMultiplyAdd(left, w, left1);
                            right1 = TOps.FusedMultiplyAdd(right, w, right1);
                            w = TOps.Broadcast(weight[2]);
                            left2 = TOps.FusedMultiplyAdd(left, w, left2);
                            right2 = TOps.FusedMultiplyAdd(right, w, right2);
                            w = TOps.Broadcast(weight[3]);
                            left3 = TOps.FusedMultiplyAdd(left, w, left3);
                            right3 = TOps.FusedMultiplyAdd(right, w, right3);
                            weight += 4;
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
    private static void Block3(WeightedSumPlan plan, float* input, float* packed, float* initial, float* output)
    {
        var (depth, pitch) = (plan.Depth, plan.Pitch);
        nint plane = plan.OutputPitch;
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
                        var weight = packed + segment->Term * 3;
                        for (var term = depth; term > 0; term--)
                        {
                            var left = TOps.Load(row);
                            var right = TOps.Load(row + TOps.Width);
                            row += pitch;
                            var w = TOps.Broadcast(weight[0]);
                            left0 = TOps.FusedMultiplyAdd(left, w, left0);
                            right0 = TOps.FusedMultiplyAdd(right, w, right0);
                            w = TOps.Broadcast(weight[1]);
                            left1 = TOps.FusedMultiplyAdd(left, w, left1);
                            right1 = TOps.FusedMultiplyAdd(right, w, right1);
                            w = TOps.Broadcast(weight[2]);
                            left2 = TOps.FusedMultiplyAdd(left, w, left2);
                            right2 = TOps.FusedMultiplyAdd(right, w, right2);
                            weight += 3;
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
    private static void Block1(WeightedSumPlan plan, float* input, float* packed, float* initial, float* output)
    {
        var (depth, pitch) = (plan.Depth, plan.Pitch);
        nint plane = plan.OutputPitch;
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
                        var weight = packed + segment->Term * 1;
                        for (var term = depth; term > 0; term--)
                        {
                            var left = TOps.Load(row);
                            var right = TOps.Load(row + TOps.Width);
                            row += pitch;
                            var w = TOps.Broadcast(weight[0]);
                            left0 = TOps.FusedMultiplyAdd(left, w, left0);
                            right0 = TOps.FusedMultiplyAdd(right, w, right0);
                            weight += 1;
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
