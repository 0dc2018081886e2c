namespace AdvFit.Messages;

/// <summary>
/// What an executor reports of a shuffle that it works on. A fact of an older attempt than the current one is ignored.
/// </summary>
/// <param name="Shuffle">The shuffle's number, from 1.</param>
/// <param name="Attempt">The attempt that the executor was assigned.</param>
public abstract record ShuffleFact(int Shuffle, int Attempt);

/// <summary>The attempt ended without a result.</summary>
/// <param name="Cause">One sentence for a person.</param>
/// <param name="Retryable">Whether trying again can help: I/O and memory yes, bad data and a NaN loss no.</param>
public sealed record AttemptFailed(int Shuffle, int Attempt, string Cause, bool Retryable)
    : ShuffleFact(Shuffle, Attempt);

/// <summary>What a stage took, in seconds of wall-clock and of processor time. Never part of the results.</summary>
public sealed record StageCost(double WallSeconds, double CpuSeconds);
