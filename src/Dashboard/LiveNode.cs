using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace AdvFit.Dashboard;

/// <summary>A node of a server, as the page shows it.</summary>
/// <param name="Name">What tells it from others.</param>
/// <param name="Status"><c>up</c>, <c>leaving</c>, <c>unreachable</c>; of one that is gone, <c>left</c> or <c>lost</c>.</param>
/// <param name="Slots">Shuffles that it can work on at once.</param>
/// <param name="Heard">When it last told of itself, to the minute.</param>
/// <param name="EpochsPerMinute">Epochs trained by all its slots; null where none trains, or it is not known yet.</param>
/// <param name="Working">Its slots that work.</param>
public sealed record LiveNode(
    string Name, string Status, int Slots, DateTimeOffset Heard, double? EpochsPerMinute, ImmutableArray<LiveWork> Working)
{
    /// <summary>Whether it takes work, or has some in hand.</summary>
    [JsonIgnore]
    public bool Works => Status is "up" or "leaving";
}

/// <summary>What one slot of a node does.</summary>
/// <param name="Sweep">The sweep's id.</param>
/// <param name="Shuffle">The shuffle's number.</param>
/// <param name="Attempt">The attempt at the shuffle.</param>
/// <param name="Doing">The stage: <c>epoch 3</c>, <c>attack fgsm</c>, ..</param>
/// <param name="Fraction">Rough share of the shuffle that is done, in [0, 1].</param>
public sealed record LiveWork(string Sweep, int Shuffle, int Attempt, string Doing, double Fraction);
