using AdvFit.Messages;

namespace AdvFit.Api;

/// <summary>Selects events of a sweep.</summary>
/// <param name="After">Number of the last event to leave out; 0 for none.</param>
/// <param name="Brief">Whether facts come as <see cref="Experiments.StageCompletion"/>, which suffices for the state of a sweep.</param>
/// <param name="Shuffle">Only events of this shuffle; null for all. Never with <paramref name="Brief"/>.</param>
/// <param name="Fact">Only facts of this type; null for every event. Never with <paramref name="Brief"/>.</param>
public sealed record EventQuery(long After = 0, bool Brief = false, int? Shuffle = null, Type? Fact = null)
{
    /// <summary>
    /// Number of the last sound event of a sweep that is quarantined, beyond which nothing is sent; null for every other.
    /// </summary>
    public long? SoundUpTo { get; init; }

    /// <summary>Every event, in full.</summary>
    public static EventQuery Everything { get; } = new();

    /// <summary>Whether a full event is selected, its number aside.</summary>
    public bool Selects(SweepEvent sweepEvent) =>
        (Fact is null || (sweepEvent is FactRecorded recorded && recorded.Fact.GetType() == Fact))
        && (Shuffle is null || ShuffleOf(sweepEvent) == Shuffle);

    /// <summary>The shuffle that an event is about; null where it is about the whole sweep.</summary>
    public static int? ShuffleOf(SweepEvent sweepEvent) => sweepEvent switch
    {
        FactRecorded recorded => recorded.Fact.Shuffle,
        ShuffleAssigned assigned => assigned.Shuffle,
        ShuffleReleased released => released.Shuffle,
        ShuffleReopened reopened => reopened.Shuffle,
        FilesFreed freed => freed.Shuffle,
        _ => null,
    };
}
