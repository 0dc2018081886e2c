using System.Collections.Immutable;
using Akka.Actor;
using AdvFit.Sweeps.Cluster;
using AdvFit.Sweeps.Decisions;

namespace AdvFit.Coordinator.Sweeps;

// Messages between the coordinator and the actors of its sweeps, within one process.

/// <summary>Offers a free slot of a node. Answered by <see cref="SlotTaken"/> or <see cref="SlotDeclined"/>.</summary>
internal sealed record OfferSlot(string Node) : INoSerializationVerificationNeeded;

/// <summary>An attempt took the slot, durably.</summary>
internal sealed record SlotTaken(string Node, AttemptId Attempt) : INoSerializationVerificationNeeded;

/// <summary>The sweep needs no slot just now.</summary>
internal sealed record SlotDeclined(string Sweep, string Node) : INoSerializationVerificationNeeded;

/// <summary>Has an attempt sent again to its node, which may not know of it.</summary>
internal sealed record ResendAttempt(AttemptId Attempt, string Node) : INoSerializationVerificationNeeded;

/// <summary>No node has the attempt any more.</summary>
internal sealed record AttemptLost(AttemptId Attempt) : INoSerializationVerificationNeeded;

/// <summary>The state of a sweep after events that are durable.</summary>
/// <param name="Shuffles">The shuffles that changed since the previous message.</param>
internal sealed record SweepChanged(string Sweep, SweepState State, ImmutableArray<int> Shuffles)
    : INoSerializationVerificationNeeded;

/// <summary>The journal of a sweep is damaged, so that nobody is to work on it.</summary>
/// <param name="State">How it stood after the last sound event; null where there is none.</param>
/// <param name="Reason">As <see cref="QuarantinedSweep.Reason"/>.</param>
internal sealed record SweepQuarantined(string Sweep, SweepState? State, string Reason) : INoSerializationVerificationNeeded;

/// <summary>The import of a sweep is complete.</summary>
internal sealed record AdoptionEnded : INoSerializationVerificationNeeded;

/// <summary>The snapshot of a sweep is of another version of AdvFit; its events alone are to be used.</summary>
internal sealed record IncompatibleSnapshot(string Sweep) : INoSerializationVerificationNeeded;
