using System.Collections.Immutable;
using AdvFit.Api;
using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Queries;

namespace AdvFit.Dashboard.Tests;

/// <summary>One sweep in memory, and what was read of it.</summary>
internal sealed class MemorySource(IReadOnlyList<SweepEvent> events) : ISweepSource, IJournalReader
{
    public const string Id = "quick-01234567";

    /// <summary>Number of events that there are.</summary>
    public int Count { get; set; } = events.Count;

    /// <summary>The reads of one shuffle.</summary>
    public int ShuffleReads { get; private set; }

    public string Place => "memory";

    public IJournalReader Journal => this;

    public ImmutableArray<string> Sweeps() => [Id];

    /// <summary>Why the sweep is quarantined; null where it is not.</summary>
    public string? Trouble { get; set; }

    public ImmutableArray<SweepSummary> List() => SweepReplay.Of(this, Id).State! is var state && Trouble is { } trouble
        ? [SweepSummary.OfQuarantined(Id, state, trouble), SweepSummary.Of("other-01234567", state, true)]
        : [SweepSummary.Of(Id, state, true)];

    public bool IsLive(string sweep, SweepState state) => true;

    public string FolderOf(string sweep) => "";

    public IArtifactStore ArtifactsOf(string sweep) => throw new NotSupportedException();

    public IEnumerable<JournalEntry> Read(string sweep, long after = 0) =>
        events.Take(Count).Select((sweepEvent, i) => new JournalEntry(i + 1, i + 1, Some.Time, sweepEvent)).Where(entry => entry.Number > after);

    public IEnumerable<JournalEntry> ReadBriefly(string sweep, long after = 0) => Read(sweep, after);

    public IEnumerable<JournalEntry> ReadShuffle(string sweep, int shuffle, Type? fact = null)
    {
        ShuffleReads++;
        return Read(sweep).Where(entry => new EventQuery(Shuffle: shuffle, Fact: fact).Selects(entry.Event));
    }

    public JournalSnapshot? Snapshot(string sweep) => null;

    public void Dispose()
    {
    }
}
