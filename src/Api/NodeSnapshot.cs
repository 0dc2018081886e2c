using System.Collections.Immutable;
using AdvFit.Experiments;

namespace AdvFit.Api;

/// <summary>The status of a node.</summary>
public enum NodeStatus
{
    /// <summary>It works or waits for work.</summary>
    Up,

    /// <summary>It finishes its running stages and leaves.</summary>
    Leaving,

    /// <summary>It does not answer; once the cluster removes it, its shuffles go to other nodes.</summary>
    Unreachable,
}

/// <summary>A node and what it works on.</summary>
/// <param name="Name">Its name for people, such as its address.</param>
/// <param name="Status">Its status.</param>
/// <param name="Slots">Shuffles that it can run at once.</param>
/// <param name="LastHeard">When it last reported, in UTC.</param>
/// <param name="Working">Its slots that work.</param>
public sealed record NodeSnapshot(
    string Name, NodeStatus Status, int Slots, DateTimeOffset LastHeard, ImmutableArray<SlotSnapshot> Working);

/// <summary>A slot that works.</summary>
/// <param name="Slot">The slot's number in its node, from 0.</param>
/// <param name="Sweep">The sweep's id.</param>
/// <param name="Attempt">The number of the attempt at the shuffle.</param>
/// <param name="Progress">The progress of the shuffle.</param>
public sealed record SlotSnapshot(int Slot, string Sweep, int Attempt, ShuffleProgress Progress);
