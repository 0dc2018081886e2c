using System.Collections.Immutable;
using AdvFit.Experiments;
using AdvFit.Messages;

namespace AdvFit.Sweeps.Cluster;

/// <summary>What one process of the cluster sends to another: only these cross the wire, written by <see cref="WireFormat"/>.</summary>
public interface IWireMessage;

/// <summary>A message about one shuffle, which its entity gets wherever it lives.</summary>
public interface IShuffleMessage : IWireMessage
{
    /// <summary>The sweep's id.</summary>
    string Sweep { get; }

    /// <summary>The shuffle's number, from 1.</summary>
    int Shuffle { get; }
}

/// <summary>A message about one sweep, which its actor gets through the coordinator.</summary>
public interface ISweepMessage : IWireMessage
{
    /// <summary>The sweep's id.</summary>
    string Sweep { get; }
}

/// <summary>Starts, continues or extends a sweep. Answered by <see cref="SweepAccepted"/> or <see cref="Refused"/>.</summary>
/// <param name="Data">The data as the coordinator found them.</param>
public sealed record SubmitSweep(string Sweep, SweepSpec Spec, DataProvenance Data, bool FailFast) : ISweepMessage;

/// <summary>What a user asks of a sweep: to pause, resume, cancel or rerun. Answered by <see cref="Done"/> or <see cref="Refused"/>.</summary>
public sealed record ControlSweep(string Sweep, SweepCommand Command) : ISweepMessage;

/// <summary>
/// Brings events of another journal into a sweep that this cluster does not have: in parts, in their order, the facts in
/// brief. Answered by <see cref="Done"/> or <see cref="Refused"/>.
/// </summary>
/// <param name="Journal">SHA-256 of all that is brought: parts of two journals are never mixed.</param>
/// <param name="After">Events in the parts before this one.</param>
/// <param name="Events">The next events; none in the last part, and none in a part that is only to claim the sweep.</param>
/// <param name="IsLast">Whether the sweep is whole; until then it does not exist.</param>
public sealed record AdoptSweep(string Sweep, string Journal, long After, ImmutableArray<JournaledEvent> Events, bool IsLast)
    : ISweepMessage;

/// <summary>
/// Brings events of another journal into a shuffle's entity: in parts, in their order, once the sweep's first part is there.
/// Answered by <see cref="Done"/> or <see cref="Refused"/>.
/// </summary>
/// <param name="After">Events in the parts before this one.</param>
public sealed record AdoptShuffle(string Sweep, int Shuffle, int After, ImmutableArray<JournaledEvent> Events) : IShuffleMessage;

/// <summary>
/// Removes a sweep that is quarantined, or that nobody works on: first it is given up, then its events are erased, and then its
/// id is free. Answered by <see cref="Done"/> or <see cref="Refused"/>; by the analysis, once it knows the sweep no more.
/// </summary>
/// <param name="IsErased">Whether nothing is left of its events.</param>
public sealed record ForgetSweep(string Sweep, bool IsErased) : IWireMessage;

/// <summary>Has a shuffle's entity stop before its events are erased. Answered by <see cref="Done"/>.</summary>
public sealed record ForgetShuffle(string Sweep, int Shuffle) : IShuffleMessage;

/// <summary>Tells a shuffle's entity of a new attempt: from now on it takes no facts of an older one.</summary>
/// <param name="Node">The node that is to do it, as <see cref="NodeReport.Node"/>.</param>
/// <param name="DataSha256">Hash of the data, as <see cref="DataProvenance.Sha256"/>.</param>
/// <param name="Kept">What the sweep counts as done; the entity drops the rest.</param>
public sealed record BeginAttempt(AttemptId Attempt, string Node, SweepSpec Spec, string DataSha256, CompletedStages Kept)
    : IShuffleMessage
{
    string IShuffleMessage.Sweep => Attempt.Sweep;

    int IShuffleMessage.Shuffle => Attempt.Shuffle;
}

/// <summary>Has a node do what is left of a shuffle. Told twice, it is done once.</summary>
/// <param name="Node">The node that is meant, as <see cref="NodeReport.Node"/>: not one that has its address by now.</param>
/// <param name="Record">What is done already.</param>
public sealed record RunShuffle(AttemptId Attempt, string Node, SweepSpec Spec, string DataSha256, ShuffleRecord Record) : IWireMessage;

/// <summary>A node gives an attempt back before it is done. Repeated until answered by <see cref="Done"/>.</summary>
public sealed record ReleaseAttempt(AttemptId Attempt) : ISweepMessage
{
    string ISweepMessage.Sweep => Attempt.Sweep;
}
