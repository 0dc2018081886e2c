using System.Collections.Immutable;
using AdvFit.Api;

namespace AdvFit.Dashboard;

/// <summary>
/// Polls the nodes of a server. A node that is no longer listed is shown as left or lost for a while.
/// Not thread-safe.
/// </summary>
/// <param name="source">Lists the nodes.</param>
/// <param name="clock">The time of the polls.</param>
internal sealed class NodePoller(INodeSource source, TimeProvider clock)
{
    /// <summary>Nodes need a moment to report to another coordinator that takes over; later they are gone.</summary>
    private static readonly TimeSpan UntilGone = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan UntilForgotten = TimeSpan.FromMinutes(10);

    private readonly NodeRates _rates = new(clock);
    private readonly SortedDictionary<string, (LiveNode Node, long SeenAt)> _known = new(StringComparer.Ordinal);

    /// <summary>The nodes by name.</summary>
    /// <exception cref="IOException">The server cannot be used.</exception>
    public ImmutableArray<LiveNode> Poll()
    {
        var (listed, now) = (source.Nodes(), clock.GetTimestamp());
        foreach (var node in listed)
        {
            _known[node.Name] = (Describe(node), now);
        }

        var nodes = ImmutableArray.CreateBuilder<LiveNode>();
        foreach (var (name, (node, seenAt)) in _known.ToList())
        {
            var missing = clock.GetElapsedTime(seenAt, now);
            if (missing > UntilForgotten)
            {
                _known.Remove(name);
            }
            else
            {
                nodes.Add(missing > UntilGone
                    ? node with { Status = node.Status == "leaving" ? "left" : "lost", EpochsPerMinute = null, Working = [] }
                    : node);
            }
        }

        return nodes.ToImmutable();
    }

    private LiveNode Describe(NodeSnapshot node) => new(
        node.Name, node.Status.ToString().ToLowerInvariant(), node.Slots,
        node.LastHeard.AddTicks(-(node.LastHeard.Ticks % TimeSpan.TicksPerMinute)),
        node.Status == NodeStatus.Unreachable ? null : _rates.Update(node),
        [
            .. node.Working.Select(slot => new LiveNodeSlot(
                slot.Sweep, slot.Progress.Shuffle, slot.Attempt,
                slot.Progress.Epoch is { } epoch ? $"epoch {epoch}" : slot.Progress.Stage, slot.Progress.Fraction)),
        ]);
}
