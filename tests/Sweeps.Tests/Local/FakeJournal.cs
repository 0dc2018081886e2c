using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Store;

namespace AdvFit.Sweeps.Tests.Local;

/// <summary>When the journal dies in an append.</summary>
public enum Death
{
    Never,
    BeforeWriting,
    AfterWriting,
}

/// <summary>A journal in memory whose process may "die" in one of its appends, and with it all that follow.</summary>
internal sealed class FakeJournal(FakeJournal? survivor = null) : IJournal
{
    private bool _isDead;

    public List<JournalEntry> Entries { get; } = [.. survivor?.Entries ?? []];

    /// <summary>The event in whose append it dies; how many events an append has depends on how busy the slots are.</summary>
    public (int Event, Death Death) Dies { get; init; }

    public JournalSnapshot? Saved { get; private set; }

    public IEnumerable<JournalEntry> Read(string sweep, long after = 0) => Entries.Skip((int)after);

    public IEnumerable<JournalEntry> ReadBriefly(string sweep, long after = 0) => Read(sweep, after).Select(entry =>
        entry.Event is FactRecorded recorded ? entry with { Event = new FactRecorded(StageCompletion.Of(recorded.Fact)) } : entry);

    public IEnumerable<JournalEntry> ReadShuffle(string sweep, int shuffle, Type? fact = null) => Entries.Where(entry =>
        entry.Event switch
        {
            FactRecorded recorded => recorded.Fact.Shuffle == shuffle && (fact is null || recorded.Fact.GetType() == fact),
            FilesFreed freed => freed.Shuffle == shuffle && fact is null,
            ShuffleReopened reopened => reopened.Shuffle == shuffle && fact is null,
            _ => false,
        }).ToList();

    public JournalSnapshot? Snapshot(string sweep) => Saved;

    public void SaveSnapshot(string sweep, JournalSnapshot snapshot) => Saved = snapshot;

    public void Append(string sweep, long after, IReadOnlyList<TimedEvent> events)
    {
        after.ShouldBe(Entries.Count);
        var dies = _isDead || (Dies.Death != Death.Never && after + events.Count >= Dies.Event);
        if (!dies || (!_isDead && Dies.Death == Death.AfterWriting))
        {
            Entries.AddRange(events.Select((timed, i) => new JournalEntry(after + i + 1, after + i + 1, timed.At, timed.Event)));
        }

        if (dies)
        {
            _isDead = true;
            throw new StoreException("The disk is full.");
        }
    }
}
