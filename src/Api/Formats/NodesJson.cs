using System.Collections.Immutable;
using System.Text.Json;
using AdvFit.Experiments;

namespace AdvFit.Api.Formats;

/// <summary>The nodes as JSON; docs/server.md describes the fields.</summary>
public static class NodesJson
{
    /// <summary>The document in UTF-8.</summary>
    public static byte[] Write(ImmutableArray<NodeSnapshot> nodes) => JsonSerializer.SerializeToUtf8Bytes(
        new NodesDocument([.. nodes.Select(Of)]), ApiJsonContext.Default.NodesDocument);

    /// <summary>What <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">It is no such document. The message ends a sentence.</exception>
    public static ImmutableArray<NodeSnapshot> Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return [.. JsonSerializer.Deserialize(json, ApiJsonContext.Default.NodesDocument)!.Nodes.Select(Of)];
        }
        catch (JsonException error)
        {
            throw new FormatException($"it tells of no nodes ({error.Message})", error);
        }
    }

    private static NodeDocument Of(NodeSnapshot node) => new(
        node.Name, node.Status, node.Slots, node.LastHeard.ToUniversalTime(),
        [
            .. node.Working.Select(slot => new SlotDocument(
                slot.Slot, slot.Sweep, slot.Progress.Shuffle, slot.Attempt, slot.Progress.Stage, slot.Progress.Done,
                slot.Progress.Total, slot.Progress.Fraction, slot.Progress.Epoch, slot.Progress.TestAccuracy)),
        ]);

    private static NodeSnapshot Of(NodeDocument node) => new(
        node.Name, node.Status, node.Slots, node.LastHeard,
        [
            .. node.Working.Select(slot => new SlotSnapshot(
                slot.Slot, slot.Sweep, slot.Attempt,
                new ShuffleProgress(slot.Shuffle, slot.Stage, slot.Epoch, slot.Done, slot.Total, slot.TestAccuracy, slot.Fraction))),
        ]);
}
