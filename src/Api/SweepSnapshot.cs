using System.Collections.Immutable;
using AdvFit.Experiments;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Queries;

namespace AdvFit.Api;

/// <summary>A sweep after one of its events, as <see cref="SweepReplay"/> has it.</summary>
/// <param name="State">How it stands.</param>
/// <param name="History">When and where it was worked on.</param>
/// <param name="Number">Number of the last event in it.</param>
/// <param name="IsLive">Whether somebody works on it, so that its last session has not been lost.</param>
public sealed record SweepSnapshot(SweepState State, SweepHistory History, long Number, bool IsLive);

/// <summary>A sweep that was submitted.</summary>
/// <param name="Sweep">Its id.</param>
/// <param name="IsNew">Whether it was not there before.</param>
public sealed record SweepAccepted(string Sweep, bool IsNew);

/// <summary>A sweep that comes from elsewhere.</summary>
/// <param name="Sweep">Its id.</param>
/// <param name="Events">All its events, in order.</param>
public sealed record SweepImportRequest(string Sweep, IReadOnlyList<TimedEvent> Events);

/// <summary>Where a node stands, in one word.</summary>
public enum NodeStatus
{
    /// <summary>It works, or waits for work.</summary>
    Up,

    /// <summary>It finishes what it does and goes.</summary>
    Leaving,

    /// <summary>Nothing is heard of it; its shuffles are given to others once it is given up.</summary>
    Unreachable,
}

/// <summary>A node, and what it does.</summary>
/// <param name="Name">Its host name, or what else tells it from others.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Slots">Shuffles that it can run at once.</param>
/// <param name="LastHeard">When it last told of itself, in UTC.</param>
/// <param name="Working">Its slots that work.</param>
public sealed record NodeSnapshot(
    string Name, NodeStatus Status, int Slots, DateTimeOffset LastHeard, ImmutableArray<SlotSnapshot> Working);

/// <summary>What one slot of a node does.</summary>
/// <param name="Slot">The slot's number in its node, from 0.</param>
/// <param name="Sweep">The sweep's id.</param>
/// <param name="Attempt">The attempt at the shuffle.</param>
/// <param name="Progress">How far it is.</param>
public sealed record SlotSnapshot(int Slot, string Sweep, int Attempt, ShuffleProgress Progress);

/// <summary>Whether requests can be answered.</summary>
/// <param name="IsReady">Whether they can.</param>
/// <param name="Reason">Why not, in a sentence; null where they can.</param>
public sealed record Readiness(bool IsReady, string? Reason)
{
    /// <summary>They can.</summary>
    public static Readiness Ready { get; } = new(true, null);
}
