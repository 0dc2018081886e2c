using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace AdvFit.Dashboard;

/// <summary>A sweep in the page's list.</summary>
/// <param name="Status">Such as <c>running</c> or <c>completed</c>.</param>
public sealed record LiveSweepSummary(string Id, string Name, string Status, int Completed, int Failed, int Total);

/// <summary>A sweep, as the page shows it.</summary>
/// <param name="Id">The sweep's id.</param>
/// <param name="Status">Such as <c>running</c> or <c>paused</c>.</param>
/// <param name="IsLive">Whether a process works on it.</param>
/// <param name="IsPaused">Whether it was paused.</param>
/// <param name="Session">The latest session; null before the first.</param>
/// <param name="Stages">Stages of each shuffle.</param>
/// <param name="Epochs">Epochs of each shuffle.</param>
/// <param name="SecondsLeft">Rough time left in seconds, by the times of the stages so far; null where it is not known.</param>
/// <param name="Shuffles">The shuffles that changed since the previous message; all of them at first.</param>
/// <param name="Slots">The running attempts.</param>
/// <param name="Errors">The shuffles with a failed attempt.</param>
public sealed record LiveSweep(
    string Id, string Name, string Status, bool IsLive, bool IsPaused, bool IsCancelled, int Completed, int Failed, int Cancelled,
    int Total, DateTimeOffset Created, DateTimeOffset Updated, LiveSession? Session, int Stages, int Epochs, double? SecondsLeft,
    ImmutableArray<LiveShuffle> Shuffles, ImmutableArray<LiveAttempt> Slots, ImmutableArray<LiveError> Errors);

/// <summary>A session of work on a sweep.</summary>
/// <param name="Machine">The process's machine, or the number of nodes in words.</param>
/// <param name="Processor">The machine's processor; empty for nodes.</param>
/// <param name="Slots">Shuffles that can run at once.</param>
/// <param name="Began">When the session began.</param>
public sealed record LiveSession(string Machine, string Processor, int Slots, DateTimeOffset Began);

/// <summary>A shuffle, a cell of the page's grid.</summary>
/// <param name="Number">The shuffle's number.</param>
/// <param name="Status"><c>planned</c>, <c>assigned</c>, <c>working</c>, <c>completed</c>, <c>failed</c> or <c>cancelled</c>.</param>
/// <param name="Doing">The status in more words, such as <c>training 3</c>.</param>
/// <param name="Done">Stages done.</param>
public sealed record LiveShuffle(int Number, string Status, string Doing, int Done);

/// <summary>A running attempt at a shuffle.</summary>
/// <param name="Node">The node that runs it; null where there are no nodes, and until a node reports it.</param>
/// <param name="EpochsPerMinute">The rate of the latest epoch; null before the first.</param>
/// <param name="SecondsLeft">Rough time left in seconds; null where it is not known.</param>
/// <param name="TestAccuracy">Share of test samples classified correctly after each epoch, in [0, 1].</param>
/// <param name="TrainAccuracy">The same of train samples.</param>
/// <param name="Loss">Mean training loss of the latest epoch in nats; null before the first.</param>
public sealed record LiveAttempt(
    int Shuffle, int Attempt, string? Node, string Doing, double? EpochsPerMinute, double? SecondsLeft,
    ImmutableArray<double> TestAccuracy, ImmutableArray<double> TrainAccuracy, double? Loss);

/// <summary>A shuffle with a failed attempt.</summary>
/// <param name="Remedy">What happens next, or what to do, in a sentence.</param>
public sealed record LiveError(int Shuffle, int Attempt, string Cause, string Remedy);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LiveSweep))]
[JsonSerializable(typeof(ImmutableArray<LiveSweepSummary>))]
[JsonSerializable(typeof(ImmutableArray<LiveNode>))]
[JsonSerializable(typeof(string))]
internal sealed partial class LiveJsonContext : JsonSerializerContext;
