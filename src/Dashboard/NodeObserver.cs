using System.Collections.Immutable;
using AdvFit.Api;

namespace AdvFit.Dashboard;

/// <summary>
/// Looks at the nodes of a server again and again. A node that is no longer among them is shown as left or lost for a while.
/// Not thread-safe.
/// </summary>
/// <param name="source">Has the nodes.</param>
/// <param name="clock">Tells the time of a look.</param>
internal sealed class NodeObserver(INodeSource source, TimeProvider clock)
{
    /// <summary>After another coordinator took over, it takes nodes a moment to be heard there.</summary>
    private static readonly TimeSpan UntilGone = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan UntilForgotten = TimeSpan.FromMinutes(10);

    private readonly NodeRates _rates = new(clock);
    private readonly SortedDictionary<string, (LiveNode Node, long SeenAt)> _known = new(StringComparer.Ordinal);

    /// <summary>The nodes by name.</summary>
    /// <exception cref="IOException">They cannot be asked.</exception>
    public ImmutableArray<LiveNode> Look()
    {
        var (standings, now) = (source.Nodes(), clock.GetTimestamp());
        foreach (var node in standings)
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
            .. node.Working.Select(slot => new LiveWork(
                slot.Sweep, slot.Progress.Shuffle, slot.Attempt,
                slot.Progress.Epoch is { } epoch ? $"epoch {epoch}" : slot.Progress.Stage, slot.Progress.Fraction)),
        ]);
}
