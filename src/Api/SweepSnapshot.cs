using AdvFit.Sweeps;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Queries;

namespace AdvFit.Api;

/// <summary>A sweep after one of its events.</summary>
/// <param name="State">The state of the sweep.</param>
/// <param name="History">When and where it was worked on.</param>
/// <param name="Number">Number of the last event in it.</param>
/// <param name="IsLive">Whether a process works on it, so that its last session is not lost.</param>
public sealed record SweepSnapshot(SweepState State, SweepHistory History, long Number, bool IsLive)
{
    /// <summary>
    /// Why the sweep is quarantined, and the mend, in a sentence: its journal is damaged after event <see cref="Number"/>. Null
    /// for every other.
    /// </summary>
    public string? Trouble { get; init; }

    /// <summary>Refuses a sweep that is quarantined.</summary>
    /// <exception cref="SweepException">It is.</exception>
    public SweepSnapshot RequireSound() => Trouble is null ? this : throw new SweepException(Trouble);
}
