using System.Collections.Immutable;

namespace AdvFit.Messages;

/// <summary>What a host asks of the decisions.</summary>
public abstract record SweepCommand;

/// <summary>Start a sweep, or continue or extend the one that this store already has.</summary>
/// <param name="FailFast">Whether the session ends with the first shuffle that fails; otherwise the others go on.</param>
/// <param name="JoinsSession">
/// Whether a session that is open goes on, its shuffles being worked on; otherwise it is that of a process which died.
/// </param>
public sealed record StartSweep(
    SweepSpec Spec, DataProvenance Data, SessionProvenance Session, bool FailFast = false, bool JoinsSession = false)
    : SweepCommand;

/// <summary>A slot is free: assign it the next shuffle, if any waits.</summary>
public sealed record AssignNext : SweepCommand;

/// <summary>An executor reports a fact.</summary>
public sealed record ReportFact(ShuffleFact Fact) : SweepCommand;

/// <summary>The host stops: every assigned shuffle goes back to the queue.</summary>
public sealed record StopSession : SweepCommand;

/// <summary>A slot stopped before its shuffle was done, as it was asked to: the shuffle waits again.</summary>
public sealed record ReleaseShuffle(int Shuffle, int Attempt) : SweepCommand;

/// <summary>Assign no more shuffles, and stop those at work at their next safe point, until told to resume.</summary>
public sealed record PauseSweep : SweepCommand;

/// <summary>Go on with a paused or cancelled sweep.</summary>
public sealed record ResumeSweep : SweepCommand;

/// <summary>Give up what is not done. What is done stays, and its results can be seen.</summary>
public sealed record CancelSweep : SweepCommand;

/// <summary>Do stages again, with the same results if the program and the machine are sound.</summary>
/// <param name="Shuffles">The shuffles; null means all of them.</param>
/// <param name="OnlyFailed">Take only those that failed, and keep what is done of them.</param>
/// <param name="Stage">
/// A phase or one stage of it, such as <c>attack:deepfool</c>: this and the phases after it are done again. Null means all
/// that there is of a shuffle.
/// </param>
public sealed record RerunShuffles(ImmutableArray<int>? Shuffles, bool OnlyFailed, string? Stage) : SweepCommand;

/// <summary>Give up files of completed shuffles to save space.</summary>
/// <param name="Paths">The files of each shuffle, as <see cref="Artifact.Path"/>.</param>
public sealed record FreeFiles(ImmutableSortedDictionary<int, ImmutableArray<string>> Paths) : SweepCommand;
