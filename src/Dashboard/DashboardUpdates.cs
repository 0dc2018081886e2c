using System.Collections.Immutable;
using System.Text.Json;

namespace AdvFit.Dashboard;

/// <summary>The named events for one page: everything at first, then what has changed since the previous ones.</summary>
internal sealed class DashboardUpdates
{
    private readonly Dictionary<int, LiveShuffle> _shuffles = [];
    private byte[]? _sweeps, _nodes;
    private LiveSweep? _sweep;
    private string? _trouble;

    /// <summary>The events for what is new in a snapshot: <c>trouble</c>, <c>sweeps</c>, <c>nodes</c> and <c>sweep</c>.</summary>
    public IEnumerable<(string Event, byte[] Data)> Of(DashboardSnapshot snapshot) =>
        [.. OfTrouble(snapshot.Trouble), .. OfSweeps(snapshot.Sweeps), .. OfNodes(snapshot.Nodes), .. OfSweep(snapshot.Sweep)];

    /// <summary>The event that says why the page may show old data, if that is new.</summary>
    /// <param name="trouble">A sentence; null where the data are current.</param>
    public IEnumerable<(string Event, byte[] Data)> OfTrouble(string? trouble)
    {
        if (trouble != _trouble)
        {
            _trouble = trouble;
            yield return ("trouble", JsonSerializer.SerializeToUtf8Bytes(trouble, LiveJsonContext.Default.String));
        }
    }

    private IEnumerable<(string Event, byte[] Data)> OfSweeps(ImmutableArray<LiveSweepSummary>? sweeps)
    {
        if (sweeps is { } list && IsNew(JsonSerializer.SerializeToUtf8Bytes(list, LiveJsonContext.Default.ImmutableArrayLiveSweepSummary), ref _sweeps))
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
