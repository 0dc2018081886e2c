using System.Collections.Immutable;
using System.Text.Json;

namespace AdvFit.Dashboard;

/// <summary>What a page is told, as events by name: what changed since it was told before, and everything at first.</summary>
internal sealed class DashboardUpdates
{
    private readonly Dictionary<int, LiveShuffle> _shuffles = [];
    private byte[]? _sweeps, _nodes;
    private LiveSweep? _sweep;
    private string? _trouble;

    /// <summary>What is new of what there is to be seen; <c>sweeps</c>, <c>nodes</c>, <c>sweep</c> and <c>trouble</c>.</summary>
    public IEnumerable<(string Event, byte[] Data)> Of(DashboardSnapshot sight) =>
        [.. OfTrouble(sight.Trouble), .. OfSweeps(sight.Sweeps), .. OfNodes(sight.Nodes), .. OfSweep(sight.Sweep)];

    /// <summary>Why what the page shows may be old, if that is new.</summary>
    /// <param name="trouble">A sentence; null where it is not.</param>
    public IEnumerable<(string Event, byte[] Data)> OfTrouble(string? trouble)
    {
        if (trouble != _trouble)
        {
            _trouble = trouble;
            yield return ("trouble", JsonSerializer.SerializeToUtf8Bytes(trouble, LiveJsonContext.Default.String));
        }
    }

    private IEnumerable<(string Event, byte[] Data)> OfSweeps(ImmutableArray<LiveSummary>? sweeps)
    {
        if (sweeps is { } list && IsNew(JsonSerializer.SerializeToUtf8Bytes(list, LiveJsonContext.Default.ImmutableArrayLiveSummary), ref _sweeps))
        {
            yield return ("sweeps", _sweeps!);
        }
    }

    private IEnumerable<(string Event, byte[] Data)> OfNodes(ImmutableArray<LiveNode>? nodes)
    {
        if (nodes is { } list && IsNew(JsonSerializer.SerializeToUtf8Bytes(list, LiveJsonContext.Default.ImmutableArrayLiveNode), ref _nodes))
        {
            yield return ("nodes", _nodes!);
        }
    }

    private IEnumerable<(string Event, byte[] Data)> OfSweep(LiveSweep? sweep)
    {
        if (sweep is null || ReferenceEquals(sweep, _sweep))
        {
            yield break;
        }

        _sweep = sweep;
        var changed = ImmutableArray.CreateBuilder<LiveShuffle>();
        foreach (var shuffle in sweep.Shuffles)
        {
            if (!_shuffles.TryGetValue(shuffle.Number, out var told) || told != shuffle)
            {
                _shuffles[shuffle.Number] = shuffle;
                changed.Add(shuffle);
            }
        }

        yield return ("sweep", JsonSerializer.SerializeToUtf8Bytes(
            sweep with { Shuffles = changed.ToImmutable() }, LiveJsonContext.Default.LiveSweep));
    }

    private static bool IsNew(byte[] data, ref byte[]? told)
    {
        if (told is not null && data.AsSpan().SequenceEqual(told))
        {
            return false;
        }

        told = data;
        return true;
    }
}
