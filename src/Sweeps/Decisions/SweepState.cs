using System.Collections.Immutable;
using AdvFit.Messages;

namespace AdvFit.Sweeps.Decisions;

/// <summary>
/// What the journal says of a sweep: a fold of its events and nothing else. Immutable; one version shares almost all of
/// its memory with the next.
/// </summary>
public sealed partial record SweepState
{
    /// <summary>What the sweep is asked for: the first spec and every extension of it.</summary>
    public required SweepSpec Spec { get; init; }

    /// <summary>The data it runs on.</summary>
    public required DataProvenance Data { get; init; }

    /// <summary>The shuffles; number n is at index n - 1.</summary>
    public required ImmutableList<ShuffleState> Shuffles { get; init; }

    /// <summary>Numbers of the shuffles that wait.</summary>
    public required ImmutableSortedSet<int> Waiting { get; init; }

    /// <summary>Numbers of the shuffles that slots work on.</summary>
    public required ImmutableSortedSet<int> Running { get; init; }

    /// <summary>How many shuffles are completed.</summary>
    public required int Completed { get; init; }

    /// <summary>How many shuffles failed.</summary>
    public required int Failed { get; init; }

    /// <summary>Whether a session has begun and not ended; a process that died leaves it so.</summary>
    public required bool InSession { get; init; }

    /// <summary>When the latest session began; null before the first.</summary>
    public required DateTimeOffset? SessionBegan { get; init; }

    /// <summary>Time of the first event.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Time of the latest event.</summary>
    public required DateTimeOffset Updated { get; init; }

    /// <summary>Whether every shuffle has ended, completed or failed.</summary>
    public bool AllEnded => Waiting.IsEmpty && Running.IsEmpty;

    /// <summary>The shuffle of a number, from 1.</summary>
    public ShuffleState Shuffle(int number) => Shuffles[number - 1];

    internal bool HasShuffle(int number) => number >= 1 && number <= Shuffles.Count;
}
