namespace AdvFit.Cli.Running;

/// <summary>The allocation of this machine's cores to the slots of a run.</summary>
/// <param name="Count">Shuffles run at once.</param>
/// <param name="Threads">Threads of each, so that cores without a shuffle help with the attacks.</param>
internal readonly record struct SlotAllocation(int Count, int Threads)
{
    /// <summary>The allocation for a sweep.</summary>
    /// <param name="asked">Most shuffles to run at once.</param>
    /// <param name="shuffles">Shuffles of the sweep.</param>
    public static SlotAllocation For(int asked, int shuffles)
    {
        var count = Math.Min(asked, shuffles);
        return new SlotAllocation(count, Math.Max(1, Environment.ProcessorCount / count));
    }
}
