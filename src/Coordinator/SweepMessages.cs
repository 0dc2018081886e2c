using System.Collections.Immutable;
using Akka.Actor;
using AdvFit.Sweeps.Cluster;
using AdvFit.Sweeps.Decisions;

namespace AdvFit.Coordinator;

// What the coordinator and the actors of its sweeps say to each other, in one process and in memory.

/// <summary>A node has a free slot: take it for the next shuffle, or decline.</summary>
internal sealed record OfferSlot(string Node) : INoSerializationVerificationNeeded;

/// <summary>The slot is taken, and that is durable.</summary>
internal sealed record SlotTaken(string Node, AttemptId Attempt) : INoSerializationVerificationNeeded;

/// <summary>The slot is not needed just now.</summary>
internal sealed record SlotDeclined(string Sweep, string Node) : INoSerializationVerificationNeeded;

/// <summary>The node may not know of an attempt that it has: tell it again.</summary>
internal sealed record ResendAttempt(AttemptId Attempt, string Node) : INoSerializationVerificationNeeded;

/// <summary>No node has the attempt any more.</summary>
internal sealed record AttemptLost(AttemptId Attempt) : INoSerializationVerificationNeeded;

/// <summary>How a sweep stands, durably.</summary>
/// <param name="Shuffles">The shuffles that something happened to since it was told last.</param>
internal sealed record SweepChanged(string Sweep, SweepState State, ImmutableArray<int> Shuffles)
    : INoSerializationVerificationNeeded;

/// <summary>A sweep that was adopted is whole.</summary>
internal sealed record AdoptionEnded : INoSerializationVerificationNeeded;

/// <summary>The snapshot of a sweep is of another version of AdvFit; the sweep has to be recovered from its events alone.</summary>
internal sealed record IncompatibleSnapshot(string Sweep) : INoSerializationVerificationNeeded;
