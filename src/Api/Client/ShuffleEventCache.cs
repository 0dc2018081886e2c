using AdvFit.Sweeps.Journal;

namespace AdvFit.Api.Client;

/// <summary>Events of a sweep by shuffle, as they were read from a server.</summary>
internal sealed class ShuffleEventCache
{
    private readonly Dictionary<int, List<JournalEntry>> _events = [];
    private long? _upTo;

    /// <summary>Number of the last event in it.</summary>
    public long Last { get; private set; }

    /// <summary>Whether it has all events of shuffles up to an event number.</summary>
    public bool IsUpTo(long number) => _upTo >= number;

    /// <summary>Adds the events after <see cref="Last"/>, at least up to an event number.</summary>
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
