using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Store;

namespace AdvFit.Sweeps.Queries;

/// <summary>What shuffles found, read from the journal when it is asked for: the state of a sweep does not hold it.</summary>
public static class ShuffleRecords
{
    /// <summary>The stages that a shuffle need not repeat.</summary>
    /// <exception cref="StoreException">The journal is damaged or cannot be read.</exception>
    public static ShuffleRecord Of(IJournalReader journal, string sweep, int shuffle)
    {
        var record = ShuffleRecord.Empty;
        foreach (var entry in journal.ReadShuffle(sweep, shuffle))
        {
            record = Add(record, entry.Event);
        }

        return record;
    }

    /// <summary>The same of every shuffle that has a stage done, by its number, from all events of a sweep.</summary>
    public static SortedDictionary<int, ShuffleRecord> Of(IEnumerable<SweepEvent> events)
    {
        var records = new SortedDictionary<int, ShuffleRecord>();
        foreach (var sweepEvent in events)
        {
            Add(records, sweepEvent);
        }

        return records;
    }

    /// <summary>Adds an event to the records of the shuffles, by their numbers.</summary>
    public static void Add(IDictionary<int, ShuffleRecord> records, SweepEvent sweepEvent)
    {
        var shuffle = sweepEvent switch
        {
            FactRecorded recorded => recorded.Fact.Shuffle,
            FilesFreed freed => freed.Shuffle,
            ShuffleReopened reopened => reopened.Shuffle,
            _ => 0,
        };
        if (shuffle > 0)
        {
            records[shuffle] = Add(records.TryGetValue(shuffle, out var record) ? record : ShuffleRecord.Empty, sweepEvent);
        }
    }

    /// <summary>The record of a shuffle after one more of its events.</summary>
    public static ShuffleRecord Add(ShuffleRecord record, SweepEvent sweepEvent) => sweepEvent switch
    {
        FactRecorded recorded => record.With(recorded.Fact),
        FilesFreed freed => record.WithoutFiles(freed.Paths),
        ShuffleReopened reopened => record.Without(stage => StageNames.AreAny(reopened.Stages, stage)),
        _ => record,
    };

    /// <summary>What a completed shuffle found; null where it is not completed.</summary>
    /// <exception cref="StoreException">The journal is damaged or cannot be read.</exception>
    public static ShuffleOutcome? Outcome(IJournalReader journal, string sweep, SweepState state, int shuffle) =>
        state.Shuffle(shuffle).Status == ShuffleStatus.Completed
            ? journal.ReadShuffle(sweep, shuffle, typeof(ShuffleEvaluated)).LastOrDefault()?.Event is
                FactRecorded { Fact: ShuffleEvaluated evaluated }
                ? evaluated.Outcome
                : throw new StoreException(
                    $"The journal does not tell what shuffle {shuffle} of the sweep {sweep} found; {StoreFaults.JournalMend}.")
            : null;

    /// <summary>What the completed shuffles found, in their order.</summary>
    /// <exception cref="StoreException">The journal is damaged or cannot be read.</exception>
    public static IEnumerable<ShuffleOutcome> Outcomes(IJournalReader journal, string sweep, SweepState state) =>
        Enumerable.Range(1, state.Shuffles.Count)
            .Select(shuffle => Outcome(journal, sweep, state, shuffle)).OfType<ShuffleOutcome>();
}
