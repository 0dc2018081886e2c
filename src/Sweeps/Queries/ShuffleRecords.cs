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
    public static ShuffleRecord Of(IJournal journal, string sweep, int shuffle)
    {
        var record = ShuffleRecord.Empty;
        foreach (var entry in journal.ReadShuffle(sweep, shuffle))
        {
            record = entry.Event switch
            {
                FactRecorded recorded => record.With(recorded.Fact),
                ShuffleReopened reopened => record.Without(stage => StageNames.AreAny(reopened.Stages, stage)),
                _ => record,
            };
        }

        return record;
    }

    /// <summary>What a completed shuffle found; null where it is not completed.</summary>
    /// <exception cref="StoreException">The journal is damaged or cannot be read.</exception>
    public static ShuffleOutcome? Outcome(IJournal journal, string sweep, SweepState state, int shuffle) =>
        state.Shuffle(shuffle).Status == ShuffleStatus.Completed
            ? journal.ReadShuffle(sweep, shuffle, typeof(ShuffleEvaluated)).LastOrDefault()?.Event is
                FactRecorded { Fact: ShuffleEvaluated evaluated }
                ? evaluated.Outcome
                : throw new StoreException(
                    $"The journal does not tell what shuffle {shuffle} of the sweep {sweep} found; {StoreFaults.JournalMend}.")
            : null;

    /// <summary>What the completed shuffles found, in their order.</summary>
    /// <exception cref="StoreException">The journal is damaged or cannot be read.</exception>
    public static IEnumerable<ShuffleOutcome> Outcomes(IJournal journal, string sweep, SweepState state) =>
        Enumerable.Range(1, state.Shuffles.Count)
            .Select(shuffle => Outcome(journal, sweep, state, shuffle)).OfType<ShuffleOutcome>();
}
