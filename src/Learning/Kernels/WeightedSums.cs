using System.Runtime.CompilerServices;

namespace AdvFit.Learning.Kernels;

/// <summary>
/// The kernel of <see cref="WeightedSumPlan"/>: a block of channels by two vectors of lanes stays in registers while the
/// terms go by, so that every loaded input serves the whole block and every broadcast weight serves two vectors.
/// </summary>
/// <remarks>
/// Each sum is a local variable: the compiler keeps those in registers, and no array. Sums that a block's size does not need
/// are left out when the kernel is compiled for it.
/// </remarks>
internal static unsafe class WeightedSums<TOps, TVector>
    where TOps : struct, ILaneOperations<TVector>
    where TVector : struct
{
    /// <param name="workers">The threads that share the work.</param>
    /// <param name="plan">Where inputs, weights and outputs lie.</param>
    /// <param name="input">Input rows of 32 lanes.</param>
    /// <param name="weights">Weights, in the order that the plan says.</param>
    /// <param name="bias">One per channel, or null for zeros.</param>
    /// <param name="output">Output rows of 32 lanes.</param>
    public static void Run(Workers workers, WeightedSumPlan plan, float* input, float* weights, float* bias, float* output) =>
        workers.Run(plan.Pieces, plan.MultiplyAdds, new Work(plan, input, weights, bias, output));

    /// <summary>A piece is a block of channels at a run of positions.</summary>
    private readonly struct Work(WeightedSumPlan plan, float* input, float* weights, float* bias, float* output) : IPieces
    {
        public void Run(int piece, int worker)
        {
            float* zeros = stackalloc float[ChannelBlocks.Largest];
            new Span<float>(zeros, ChannelBlocks.Largest).Clear();
            var block = piece % plan.Blocks.Length;
            var first = piece / plan.Blocks.Length * plan.RunLength;
            var positions = plan.Positions.AsSpan(first, Math.Min(plan.RunLength, plan.Positions.Length - first));
            var (size, channel) = (plan.Blocks[block], plan.FirstChannels[block]);
            var own = weights + channel * (plan.IsPacked ? plan.Terms : plan.ChannelStride);
            var initial = bias is null ? zeros : bias + channel;
            var target = output + (nint)channel * plan.OutputPitch;
            if (plan.IsPacked || plan.ChannelStride == 1)
            {
                Block<UnitWeightStride>(size, plan, positions, input, own, initial, target);
            }
            else
            {
                Block<AnyWeightStride>(size, plan, positions, input, own, initial, target);
            }
        }
    }

    private static void Block<TStride>(
        int size, WeightedSumPlan plan, ReadOnlySpan<Position> positions, float* input, float* weights, float* initial, float* output)
        where TStride : struct, IWeightStride
    {
        switch (size)
        {
            case 6:
                Block<SixChannels, TStride>(plan, positions, input, weights, initial, output);
                break;
            case 4:
                Block<FourChannels, TStride>(plan, positions, input, weights, initial, output);
                break;
            case 3:
                Block<ThreeChannels, TStride>(plan, positions, input, weights, initial, output);
                break;
            default:
                Block<OneChannel, TStride>(plan, positions, input, weights, initial, output);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block<TBlock, TStride>(
        WeightedSumPlan plan, ReadOnlySpan<Position> positions, float* input, float* weights, float* initial, float* output)
        where TBlock : struct, IChannelBlock
        where TStride : struct, IWeightStride
    {
        var (depth, pitch) = (plan.Depth, plan.Pitch);
        nint plane = plan.OutputPitch;
        nint next = plan.IsPacked ? TBlock.Size : plan.TermStride;
        var stride = TStride.Of(plan.ChannelStride);
        fixed (Segment* segments = plan.Segments)
        {
            foreach (ref readonly var position in positions)
            {
                var first = segments + position.FirstSegment;
                var end = first + position.SegmentCount;
                for (var lane = 0; lane < Tile.Lanes; lane += 2 * TOps.Width)
                {
                    var origin = input + position.Input + lane;
                    TVector left0, left1 = default, left2 = default, left3 = default, left4 = default, left5 = default;
                    TVector right0, right1 = default, right2 = default, right3 = default, right4 = default, right5 = default;
                    left0 = right0 = TOps.Broadcast(initial[0]);
                    if (TBlock.Size > 1)
                    {
                        left1 = right1 = TOps.Broadcast(initial[1]);
                        left2 = right2 = TOps.Broadcast(initial[2]);
                    }

                    if (TBlock.Size > 3)
                    {
                        left3 = right3 = TOps.Broadcast(initial[3]);
                    }

                    if (TBlock.Size > 4)
                    {
                        left4 = right4 = TOps.Broadcast(initial[4]);
                        left5 = right5 = TOps.Broadcast(initial[5]);
                    }

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
                            if (TBlock.Size > 1)
                            {
                                w = TOps.Broadcast(weight[stride]);
                                left1 = TOps.FusedMultiplyAdd(left, w, left1);
                                right1 = TOps.FusedMultiplyAdd(right, w, right1);
                                w = TOps.Broadcast(weight[2 * stride]);
                                left2 = TOps.FusedMultiplyAdd(left, w, left2);
                                right2 = TOps.FusedMultiplyAdd(right, w, right2);
                            }

                            if (TBlock.Size > 3)
                            {
                                w = TOps.Broadcast(upper[0]);
                                left3 = TOps.FusedMultiplyAdd(left, w, left3);
                                right3 = TOps.FusedMultiplyAdd(right, w, right3);
                            }

                            if (TBlock.Size > 4)
                            {
                                w = TOps.Broadcast(upper[stride]);
                                left4 = TOps.FusedMultiplyAdd(left, w, left4);
                                right4 = TOps.FusedMultiplyAdd(right, w, right4);
                                w = TOps.Broadcast(upper[2 * stride]);
                                left5 = TOps.FusedMultiplyAdd(left, w, left5);
                                right5 = TOps.FusedMultiplyAdd(right, w, right5);
                            }

                            weight += next;
                            if (TBlock.Size > 3)
                            {
                                upper += next;
                            }
                        }
                    }

                    var target = output + position.Output + lane;
                    Store(left0, right0, target);
                    if (TBlock.Size > 1)
                    {
                        Store(left1, right1, target += plane);
                        Store(left2, right2, target += plane);
                    }

                    if (TBlock.Size > 3)
                    {
                        Store(left3, right3, target += plane);
                    }

                    if (TBlock.Size > 4)
                    {
                        Store(left4, right4, target += plane);
                        Store(left5, right5, target += plane);
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(TVector left, TVector right, float* target)
    {
        TOps.Store(left, target);
        TOps.Store(right, target + TOps.Width);
    }
}

/// <summary>The stride between the weights of neighbouring channels: a type, so that 1 is a constant to the compiler.</summary>
internal interface IWeightStride
{
    static abstract nint Of(nint stride);
}

/// <summary>Neighbouring channels lie side by side.</summary>
internal readonly struct UnitWeightStride : IWeightStride
{
    public static nint Of(nint stride) => 1;
}

/// <summary>Neighbouring channels lie any distance apart.</summary>
internal readonly struct AnyWeightStride : IWeightStride
{
    public static nint Of(nint stride) => stride;
}
