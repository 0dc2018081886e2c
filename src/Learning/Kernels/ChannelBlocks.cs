namespace AdvFit.Learning.Kernels;

/// <summary>
/// Splits channels into blocks that a kernel keeps in registers. Six channels by two vectors of lanes use 12
/// accumulators, two inputs and one weight: all but one of AVX2's 16 registers, and enough independent sums to hide the
/// latency of a fused multiply-add on any processor.
/// </summary>
internal static class ChannelBlocks
{
    /// <summary>Channels of the largest block.</summary>
    public const int Largest = 6;

    /// <summary>Sizes that kernels exist for, the fastest first.</summary>
    private static readonly int[] Sizes = [Largest, 4, 3, 1];

    /// <summary>Block sizes that add up to <paramref name="channels"/>, with as few blocks of one as can be.</summary>
    public static int[] Split(int channels)
    {
        // The fewest blocks wins; blocks of one cost as much as any, so this also avoids them.
        var fewest = new (int Count, int Last)[channels + 1];
        for (var total = 1; total <= channels; total++)
        {
            fewest[total] = (int.MaxValue, 0);
            foreach (var size in Sizes)
            {
                if (size <= total && fewest[total - size].Count + 1 < fewest[total].Count)
                {
                    fewest[total] = (fewest[total - size].Count + 1, size);
                }
            }
        }

        var blocks = new List<int>();
        for (var left = channels; left > 0; left -= fewest[left].Last)
        {
            blocks.Add(fewest[left].Last);
        }

        blocks.Sort((a, b) => b - a);
        return [.. blocks];
    }
}

/// <summary>The size of a channel block: a type, so that a kernel is written once and the compiler leaves out what a size does not need.</summary>
internal interface IChannelBlock
{
    /// <summary>Channels of the block.</summary>
    static abstract int Size { get; }
}

/// <summary>A block of six channels.</summary>
internal readonly struct SixChannels : IChannelBlock
{
    public static int Size => 6;
}

/// <summary>A block of four channels.</summary>
internal readonly struct FourChannels : IChannelBlock
{
    public static int Size => 4;
}

/// <summary>A block of three channels.</summary>
internal readonly struct ThreeChannels : IChannelBlock
{
    public static int Size => 3;
}

/// <summary>A single channel.</summary>
internal readonly struct OneChannel : IChannelBlock
{
    public static int Size => 1;
}
