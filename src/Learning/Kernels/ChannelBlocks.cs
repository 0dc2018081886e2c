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
