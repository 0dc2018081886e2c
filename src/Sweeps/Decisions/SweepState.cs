using System.Collections.Immutable;
using AdvFit.Messages;

namespace AdvFit.Sweeps.Decisions;

/// <summary>
/// What the journal says of a sweep, as far as decisions need it: a fold of its events and nothing else. Immutable; one
/// version shares almost all of its memory with the next.
/// </summary>
public sealed partial record SweepState
{
    /// <summary>The spec of the sweep: the first one and every extension of it.</summary>
    public required SweepSpec Spec { get; init; }

    /// <summary>The data it runs on.</summary>
    public required DataProvenance Data { get; init; }

    /// <summary>The stages that the spec asks for, and their numbers.</summary>
    public required StagePlan Plan { get; init; }

    /// <summary>The shuffles; number n is at index n - 1.</summary>
    public required ImmutableList<ShuffleState> Shuffles { get; init; }

    /// <summary>Numbers of the shuffles that are planned.</summary>
    public required ImmutableSortedSet<int> Waiting { get; init; }

    /// <summary>Until when shuffles wait that failed a while ago; few.</summary>
    public required ImmutableSortedDictionary<int, DateTimeOffset> Delays { get; init; }

    /// <summary>
    /// Numbers of the shuffles that slots work on, and the stages that the present attempt of each reported: should a fact
    /// be told twice, it is recorded once.
    /// </summary>
    public required ImmutableSortedDictionary<int, StagesDone> Running { get; init; }

    /// <summary>How many shuffles are completed.</summary>
    public required int Completed { get; init; }

    /// <summary>How many shuffles failed.</summary>
    public required int Failed { get; init; }

    /// <summary>How many shuffles are cancelled.</summary>
    public required int Cancelled { get; init; }

    /// <summary>Whether a session has begun and not ended; a process that died leaves it so.</summary>
    public required bool InSession { get; init; }

    /// <summary>Whether the latest session ends with the first shuffle that fails.</summary>
    public required bool FailFast { get; init; }

    /// <summary>Whether no shuffle is assigned until the sweep is resumed.</summary>
    public required bool IsPaused { get; init; }

    /// <summary>Whether what was not done is given up.</summary>
    public required bool IsCancelled { get; init; }

    /// <summary>When the latest session began; null before the first.</summary>
    public required DateTimeOffset? SessionBegan { get; init; }

    /// <summary>Time of the first event.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Time of the latest event.</summary>
    public required DateTimeOffset Updated { get; init; }

    /// <summary>Whether every shuffle has ended: completed, failed or cancelled.</summary>
    public bool AllEnded => Waiting.IsEmpty && Running.IsEmpty;

    /// <summary>Whether the session goes no further because a shuffle failed.</summary>
    public bool IsHalted => FailFast && Failed > 0;

    /// <summary>Whether slots should stop at their next safe point.</summary>
    public bool WantsRest => IsPaused || IsCancelled || IsHalted;

    /// <summary>The shuffle of a number, from 1.</summary>
    public ShuffleState Shuffle(int number) => Shuffles[number - 1];

    /// <summary>Where a shuffle stands, in words: <c>training 3</c> while epoch 3 is in hand, <c>attacking fgsm</c>, <c>planned</c>.</summary>
    public string Doing(int number)
    {
        var shuffle = Shuffle(number);
        if (shuffle.Status != ShuffleStatus.Working || Plan.Next(shuffle.Done) is not { } stage)
        {
            return shuffle.Status.Word();
        }

        var phase = Plan.Workflow.Phases[Plan.Workflow.PlaceOf(stage.Phase)];
        return $"{phase.Doing} {(stage.Step > 0 ? $"{stage.Step}" : stage.Item)}".TrimEnd();
    }

    /// <summary>When the next shuffle that failed may be tried again; null where none waits for its time.</summary>
    public DateTimeOffset? NextDue => Delays.IsEmpty ? null : Delays.Values.Min();

    internal bool HasShuffle(int number) => number >= 1 && number <= Shuffles.Count;
}
