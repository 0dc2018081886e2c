using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AdvFit.Api.Formats;

/// <summary>An error.</summary>
/// <param name="Error">One sentence with the mend.</param>
/// <param name="Problems">What is wrong with a spec; null in other cases.</param>
internal sealed record ErrorDocument(string Error, ImmutableArray<ProblemDocument>? Problems = null);

/// <summary>One thing wrong with a spec, at a place counted from 1.</summary>
internal sealed record ProblemDocument(long Line, long Column, string Message);

/// <summary>A sweep that was submitted or imported.</summary>
internal sealed record AcceptedDocument(string Id);

/// <summary>A sweep after its latest event.</summary>
/// <param name="Number">Number of that event.</param>
/// <param name="Live">Whether a process works on the sweep.</param>
/// <param name="Folder">Where its files are.</param>
/// <param name="Body">The state as <c>SnapshotFormat</c> writes it; null where it was not asked for.</param>
internal sealed record SnapshotDocument(long Number, bool Live, string Folder, string? Body = null);

/// <summary>The nodes.</summary>
internal sealed record NodesDocument(ImmutableArray<NodeDocument> Nodes);

/// <summary>A node, as in <see cref="NodeSnapshot"/>.</summary>
internal sealed record NodeDocument(
    string Name, NodeStatus Status, int Slots, DateTimeOffset LastHeard, ImmutableArray<SlotDocument> Working);

/// <summary>A slot that works, as in <see cref="SlotSnapshot"/>.</summary>
internal sealed record SlotDocument(
    int Slot, string Sweep, int Shuffle, int Attempt, string Stage, int Done, int Total, double Fraction,
    int? Epoch = null, double? TestAccuracy = null);

/// <summary>The JSON documents of the API alone. Unknown fields are refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(NodeStatusConverter)])]
[JsonSerializable(typeof(ErrorDocument))]
[JsonSerializable(typeof(AcceptedDocument))]
[JsonSerializable(typeof(SnapshotDocument))]
[JsonSerializable(typeof(NodesDocument))]
internal sealed partial class ApiJsonContext : JsonSerializerContext;

/// <summary>Spells a node's status <c>up</c>, <c>leaving</c>, <c>unreachable</c>.</summary>
internal sealed class NodeStatusConverter()
    : JsonStringEnumConverter<NodeStatus>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);
