using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AdvFit.Dashboard;

/// <summary>The named events for one page: everything at first, then what has changed since the previous ones.</summary>
internal sealed class DashboardUpdates
{
    private readonly Dictionary<int, LiveShuffle> _shuffles = [];
    private readonly Dictionary<string, byte[]> _sent = [];
    private LiveSweep? _sweep;
    private string? _trouble;

    /// <summary>The events for what is new in a snapshot: <c>trouble</c>, <c>sweeps</c>, <c>nodes</c> and <c>sweep</c>.</summary>
    public IEnumerable<(string Event, byte[] Data)> Of(DashboardSnapshot snapshot) =>
    [
        .. OfTrouble(snapshot.Trouble),
        .. OfList("sweeps", snapshot.Sweeps, LiveJsonContext.Default.ImmutableArrayLiveSweepSummary),
        .. OfList("nodes", snapshot.Nodes, LiveJsonContext.Default.ImmutableArrayLiveNode),
        .. OfSweep(snapshot.Sweep),
    ];

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

    private IEnumerable<(string Event, byte[] Data)> OfList<T>(
        string name, ImmutableArray<T>? list, JsonTypeInfo<ImmutableArray<T>> type)
    {
        if (list is { } known)
        {
            var data = JsonSerializer.SerializeToUtf8Bytes(known, type);
            if (!_sent.TryGetValue(name, out var sent) || !data.AsSpan().SequenceEqual(sent))
            {
                _sent[name] = data;
                yield return (name, data);
            }
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
}
