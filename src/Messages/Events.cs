using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace AdvFit.Messages;

/// <summary>What happened to a sweep: the journal is a list of these, and the only truth.</summary>
public abstract record SweepEvent;

/// <summary>The sweep exists; its shuffles wait.</summary>
public sealed record SweepPlanned(SweepSpec Spec, DataProvenance Data) : SweepEvent;

/// <summary>The sweep was asked for more shuffles or attacks; what is done stays.</summary>
public sealed record SweepExtended(SweepSpec Spec) : SweepEvent;

/// <summary>A process began to work on the sweep. What an earlier one left assigned is free again.</summary>
public sealed record SessionStarted(SessionProvenance Session) : SweepEvent
{
    /// <summary>Whether the session ends with the first shuffle that fails.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool FailFast { get; init; }
}

/// <summary>The process stopped in good order before the sweep was done.</summary>
public sealed record SessionStopped : SweepEvent;

/// <summary>A shuffle was given to a slot; its attempt number fences out facts of older attempts.</summary>
public sealed record ShuffleAssigned(int Shuffle, int Attempt) : SweepEvent;

/// <summary>An executor's fact was accepted.</summary>
public sealed record FactRecorded(ShuffleFact Fact) : SweepEvent;

/// <summary>Every shuffle has ended, completed or failed.</summary>
public sealed record SweepFinished(int Completed, int Failed) : SweepEvent;

/// <summary>A slot stopped before its shuffle was done; what is done of it stays.</summary>
public sealed record ShuffleReleased(int Shuffle, int Attempt) : SweepEvent;

/// <summary>A shuffle that had ended waits again.</summary>
/// <param name="Stages">What is to be done again: phases, or single stages such as <c>attack:deepfool</c>.</param>
public sealed record ShuffleReopened(int Shuffle, ImmutableArray<string> Stages) : SweepEvent;

/// <summary>No more shuffles are assigned until the sweep is resumed.</summary>
public sealed record SweepPaused : SweepEvent;

/// <summary>A paused or cancelled sweep goes on.</summary>
public sealed record SweepResumed : SweepEvent;

/// <summary>What is not done is given up.</summary>
public sealed record SweepCancelled : SweepEvent;
