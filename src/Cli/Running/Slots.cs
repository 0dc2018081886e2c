namespace AdvFit.Cli.Running;

/// <summary>How a run shares this machine's cores out.</summary>
/// <param name="Count">Shuffles run at once.</param>
/// <param name="Threads">Threads of each: cores for which there is no shuffle help with the attacks.</param>
internal readonly record struct Slots(int Count, int Threads)
{
    /// <param name="asked">Most shuffles to run at once.</param>
    /// <param name="shuffles">Shuffles of the sweep.</param>
    public static Slots For(int asked, int shuffles)
    {
        var count = Math.Min(asked, shuffles);
        return new Slots(count, Math.Max(1, Environment.ProcessorCount / count));
    }
}
