using AdvFit.Sweeps;
using AdvFit.Sweeps.Local;

namespace AdvFit.GpuNode;

/// <summary>The slots of a node: the section <c>AdvFit:Node</c>.</summary>
public sealed record NodeSettings
{
    /// <summary>Shuffles to run at once; null for one per physical core.</summary>
    public int? Slots { get; init; }

    /// <summary>Threads of each slot, where a stage can use several; null to share the processors evenly.</summary>
    public int? Threads { get; init; }

    /// <summary>The longest time for finishing the running stages when the node is told to stop, in seconds.</summary>
    public int ShutdownSeconds { get; init; } = 600;

    /// <summary>Shuffles to run at once.</summary>
    /// <exception cref="SweepException">The setting is not sound.</exception>
    public int SlotCount => Slots is < 1
        ? throw new SweepException($"AdvFit:Node:Slots is {Slots}; give 1 or more, or none for one per core.")
        : Slots ?? PhysicalCores.Count();

    /// <summary>Threads of each slot.</summary>
    public int ThreadCount => Math.Max(1, Threads ?? Environment.ProcessorCount / SlotCount);
}
