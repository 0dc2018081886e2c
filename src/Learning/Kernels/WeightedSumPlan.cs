namespace AdvFit.Learning.Kernels;

/// <summary>
/// Where the inputs, weights and outputs of a layer of weighted sums lie. Convolutions, linear layers, the input
/// gradients of both and the weight gradient of the latter are all of this one form:
/// <code>output[channel][position] = bias[channel] + sum over terms: weight[channel][term] * input[position, term]</code>
/// where inputs and outputs are rows of 32 lanes, and the terms of a position come in segments of <see cref="Depth"/>
/// rows that are <see cref="Pitch"/> floats apart.
/// </summary>
internal sealed class WeightedSumPlan
{
    /// <summary>Input rows of a run of positions that stay in the second-level cache, 256 KiB of them, for all channels.</summary>
    private const int CachedRows = 2048;

    /// <summary>Below it, reading the weights would cost too much.</summary>
    private const int ShortestRun = 8;

    /// <param name="channelStride">
    /// Floats from a channel's weight to the next channel's, if the weights are read where they lie; 0 if they are packed.
    /// </param>
    /// <param name="termStride">Floats from a term's weight to the next term's, if the weights are read where they lie.</param>
    public WeightedSumPlan(
        int channels, int terms, int outputPitch, int depth, int pitch, Position[] positions, Segment[] segments,
        int channelStride = 0, int termStride = 0)
    {
        (Channels, Terms, OutputPitch, Depth, Pitch) = (channels, terms, outputPitch, depth, pitch);
        (Positions, Segments, ChannelStride, TermStride) = (positions, segments, channelStride, termStride);
        Blocks = ChannelBlocks.Split(channels);
        FirstChannels = [.. Blocks.Select((_, block) => Blocks.Take(block).Sum())];
        RunLength = Math.Max(ShortestRun, CachedRows / terms);
    }

    public int Channels { get; }

    /// <summary>Weights per channel.</summary>
    public int Terms { get; }

    /// <summary>Floats from one output channel to the next.</summary>
    public int OutputPitch { get; }

    /// <summary>Terms per segment.</summary>
    public int Depth { get; }

    /// <summary>Floats from the input row of one term of a segment to the next.</summary>
    public int Pitch { get; }

    /// <summary>Every output position, in order.</summary>
    public Position[] Positions { get; }

    /// <summary>Segments; positions refer to runs of them.</summary>
    public Segment[] Segments { get; }

    public int ChannelStride { get; }

    public int TermStride { get; }

    /// <summary>Whether the weights are in the order of <see cref="Pack"/>. Worth it where many positions use them.</summary>
    public bool IsPacked => ChannelStride == 0;

    /// <summary>Sizes of the channel blocks, in order.</summary>
    public int[] Blocks { get; }

    /// <summary>The first channel of each block.</summary>
    public int[] FirstChannels { get; }

    /// <summary>Positions that are taken together, block after block, so that their inputs are read once.</summary>
    public int RunLength { get; }

    /// <summary>Pieces of the work: runs of positions by blocks of channels.</summary>
    public int Pieces => (Positions.Length + RunLength - 1) / RunLength * Blocks.Length;

    /// <summary>Multiply-adds of all positions and lanes.</summary>
    public long MultiplyAdds => (long)Channels * Terms * Positions.Length * Tile.Lanes;

    /// <summary>Length of the packed weights in floats.</summary>
    public int PackedLength => Channels * Terms;

    /// <summary>
    /// Reorders weights into the order in which the kernel reads packed ones: [block][term][channel of the block].
    /// </summary>
    /// <param name="weights">
    /// The weight of (channel, term) is at channel * channelPitch + term / innerCount * outerPitch + term % innerCount *
    /// innerPitch.
    /// </param>
    public unsafe void Pack(
        float* weights, int channelPitch, int outerPitch, int innerCount, int innerPitch,
        float* packed)
    {
        var firstChannel = 0;
        foreach (var size in Blocks)
        {
            for (var outer = 0; outer < Terms / innerCount; outer++)
            {
                var source = weights + firstChannel * channelPitch + outer * outerPitch;
                for (var inner = 0; inner < innerCount; inner++, source += innerPitch, packed += size)
                {
                    for (var channel = 0; channel < size; channel++)
                    {
                        packed[channel] = source[channel * channelPitch];
                    }
                }
            }

            firstChannel += size;
        }
    }
}

/// <summary>One output position: offsets in floats, and its run of segments.</summary>
internal readonly record struct Position(int Input, int Output, int FirstSegment, int SegmentCount);

/// <summary>A run of terms: input offset from the position's, in floats, and the first term's number.</summary>
internal readonly record struct Segment(int Input, int Term);
