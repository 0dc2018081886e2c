using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace AdvFit.Dashboard;

/// <summary>A node of a server, as the page shows it.</summary>
/// <param name="Name">Its name for people.</param>
/// <param name="Status"><c>up</c>, <c>leaving</c>, <c>unreachable</c>, or after it is gone <c>left</c> or <c>lost</c>.</param>
/// <param name="Slots">Shuffles that it can run at once.</param>
/// <param name="Heard">When it last reported, to the minute.</param>
/// <param name="EpochsPerMinute">Epochs per minute of all its slots; null where none trains or the rate is not known yet.</param>
/// <param name="Working">Its slots that work.</param>
public sealed record LiveNode(
    string Name, string Status, int Slots, DateTimeOffset Heard, double? EpochsPerMinute, ImmutableArray<LiveNodeSlot> Working)
{
    /// <summary>Whether it counts as present: up or leaving.</summary>
    [JsonIgnore]
    public bool Works => Status is "up" or "leaving";
}

/// <summary>A working slot of a node, as the page shows it.</summary>
/// <param name="Sweep">The sweep's id.</param>
/// <param name="Shuffle">The shuffle's number.</param>
/// <param name="Attempt">The attempt at the shuffle.</param>
/// <param name="Doing">The stage, such as <c>epoch 3</c> or <c>attack fgsm</c>.</param>
/// <param name="Fraction">Rough share of the shuffle that is done, in [0, 1].</param>
public sealed record LiveNodeSlot(string Sweep, int Shuffle, int Attempt, string Doing, double Fraction);
