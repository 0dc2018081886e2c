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
    public List<JournalEntry> Entries { get; } = [.. survivor?.Entries ?? []];

    public int Appends { get; private set; }

    public (int Append, Death Death) Dies { get; init; }

    public IEnumerable<JournalEntry> Read(string sweep) => Entries;

    public void Append(string sweep, long after, DateTimeOffset at, IReadOnlyList<SweepEvent> events)
    {
        Appends++;
        after.ShouldBe(Entries.Count);
        var dies = Dies.Death != Death.Never && Appends >= Dies.Append;
        if (!dies || (Appends == Dies.Append && Dies.Death == Death.AfterWriting))
        {
            Entries.AddRange(events.Select((sweepEvent, i) => new JournalEntry(after + i + 1, after + i + 1, at, sweepEvent)));
        }

        if (dies)
        {
            throw new StoreException("The disk is full.");
        }
    }
}
