namespace AdvFit.Sweeps.Decisions;

/// <summary>
/// One shuffle of a sweep: about a hundred bytes. What its stages found is in the journal and not here, so that a sweep of
/// a million shuffles fits into memory.
/// </summary>
/// <param name="Status">Where it stands.</param>
/// <param name="Attempt">The latest attempt assigned, from 1; 0 before the first.</param>
/// <param name="Failures">Attempts that failed in this session.</param>
/// <param name="Cause">Why an attempt failed, the latest that did; null where none did or once completed.</param>
/// <param name="Done">The stages done, by whichever attempt.</param>
public sealed record ShuffleState(ShuffleStatus Status, int Attempt, int Failures, string? Cause, StagesDone Done)
{
    /// <summary>A shuffle that nobody has tried yet.</summary>
    public static ShuffleState Untried { get; } = new(ShuffleStatus.Planned, 0, 0, null, default);

    /// <summary>Whether a slot works on it.</summary>
    public bool IsRunning => Status is ShuffleStatus.Assigned or ShuffleStatus.Working;
}

/// <summary>What is done of a shuffle; <see cref="StagePlan"/> knows what the numbers mean.</summary>
/// <param name="Steps">Steps done, such as epochs.</param>
/// <param name="Named">The named stages done.</param>
public readonly record struct StagesDone(int Steps, StageSet Named);
