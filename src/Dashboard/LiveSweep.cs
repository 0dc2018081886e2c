using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace AdvFit.Dashboard;

/// <summary>A line of the list of sweeps.</summary>
/// <param name="Status"><c>running</c>, <c>completed</c>, ..</param>
public sealed record LiveSummary(string Id, string Name, string Status, int Completed, int Failed, int Total);

/// <summary>How a sweep stands, as the page shows it.</summary>
/// <param name="Id">The sweep's id.</param>
/// <param name="Status"><c>running</c>, <c>paused</c>, ..</param>
/// <param name="IsLive">Whether a process works on it just now.</param>
/// <param name="IsPaused">Whether it was told to rest.</param>
/// <param name="Session">Who works on it, or did last; null before the first.</param>
/// <param name="Stages">Stages that each shuffle consists of.</param>
/// <param name="Epochs">Epochs that each shuffle is trained.</param>
/// <param name="SecondsLeft">Rough time left, from what the stages took so far; null where nothing tells.</param>
/// <param name="Shuffles">Those that are new or have changed since what was sent before; all of them at first.</param>
/// <param name="Slots">The shuffles that are being worked on.</param>
/// <param name="Errors">The shuffles with a failed attempt, and what to do.</param>
public sealed record LiveSweep(
    string Id, string Name, string Status, bool IsLive, bool IsPaused, bool IsCancelled, int Completed, int Failed, int Cancelled,
    int Total, DateTimeOffset Created, DateTimeOffset Updated, LiveSession? Session, int Stages, int Epochs, double? SecondsLeft,
    ImmutableArray<LiveShuffle> Shuffles, ImmutableArray<LiveSlot> Slots, ImmutableArray<LiveError> Errors);

/// <summary>Who works on a sweep.</summary>
/// <param name="Machine">The process's machine, or how many nodes there are.</param>
/// <param name="Processor">The machine's processor; empty for nodes.</param>
/// <param name="Slots">Shuffles that can be worked on at once.</param>
/// <param name="Began">When the session began.</param>
public sealed record LiveSession(string Machine, string Processor, int Slots, DateTimeOffset Began);

/// <summary>A cell of the grid.</summary>
/// <param name="Number">The shuffle's number.</param>
/// <param name="Status"><c>planned</c>, <c>assigned</c>, <c>working</c>, <c>completed</c>, <c>failed</c> or <c>cancelled</c>.</param>
/// <param name="Doing">The same in more words: <c>training 3</c>.</param>
/// <param name="Done">Stages done.</param>
public sealed record LiveShuffle(int Number, string Status, string Doing, int Done);

/// <summary>A shuffle that is being worked on.</summary>
/// <param name="Node">The node that works on it; null where there are none, and while none says so.</param>
/// <param name="EpochsPerMinute">As the latest epoch went; null before the first.</param>
/// <param name="SecondsLeft">Rough time left; null where nothing tells.</param>
/// <param name="TestAccuracy">Share of test samples classified correctly after each epoch.</param>
/// <param name="TrainAccuracy">The same of train samples.</param>
/// <param name="Loss">Mean training loss of the latest epoch in nats; null before the first.</param>
public sealed record LiveSlot(
    int Shuffle, int Attempt, string? Node, string Doing, double? EpochsPerMinute, double? SecondsLeft,
    ImmutableArray<double> TestAccuracy, ImmutableArray<double> TrainAccuracy, double? Loss);

/// <summary>A shuffle of which an attempt failed.</summary>
/// <param name="Remedy">What becomes of it, or what to do, in a sentence.</param>
public sealed record LiveError(int Shuffle, int Attempt, string Cause, string Remedy);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LiveSweep))]
[JsonSerializable(typeof(ImmutableArray<LiveSummary>))]
[JsonSerializable(typeof(ImmutableArray<LiveNode>))]
[JsonSerializable(typeof(string))]
internal sealed partial class LiveJsonContext : JsonSerializerContext;
