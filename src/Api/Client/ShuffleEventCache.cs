using AdvFit.Sweeps.Journal;

namespace AdvFit.Api.Client;

/// <summary>Events of a sweep's shuffles that were read from a server, to be added to as it goes on.</summary>
internal sealed class ShuffleEventCache
{
    private readonly Dictionary<int, List<JournalEntry>> _events = [];
    private long? _upTo;

    /// <summary>Number of the last event that was read.</summary>
    public long Last { get; private set; }

    /// <summary>Whether all was read that there is up to an event, which need not be of a shuffle.</summary>
    public bool IsUpTo(long number) => _upTo >= number;

    /// <summary>Adds what follows <see cref="Last"/>: at least all there is up to an event.</summary>
    public void Add(IEnumerable<JournalEntry> events, long upTo)
    {
        foreach (var entry in events)
        {
            var shuffle = EventQuery.ShuffleOf(entry.Event) ?? 0;
            if (!_events.TryGetValue(shuffle, out var list))
            {
                _events[shuffle] = list = [];
            }

            list.Add(entry);
            Last = entry.Number;
        }

        _upTo = Math.Max(upTo, Last);
    }

    /// <summary>The events of a shuffle, in order.</summary>
    public IReadOnlyList<JournalEntry> Of(int shuffle) => _events.GetValueOrDefault(shuffle) ?? [];
}
