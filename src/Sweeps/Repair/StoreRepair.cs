using System.Collections.Immutable;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Queries;
using AdvFit.Sweeps.Store;

namespace AdvFit.Sweeps.Repair;

/// <summary>An artifact that is missing or not what was written.</summary>
/// <param name="Sweep">The sweep's id.</param>
/// <param name="Shuffle">The shuffle's number.</param>
/// <param name="Path">Its path below the sweep's folder.</param>
/// <param name="Stage">What is done again because of it.</param>
public sealed record DamagedFile(string Sweep, int Shuffle, string Path, string Stage);

/// <summary>What a repair found.</summary>
/// <param name="Journal">The damage to the journal; null where it was whole.</param>
/// <param name="Events">Events of the journal, all of which are whole now.</param>
/// <param name="FilesChecked">Artifacts read and compared with their hashes.</param>
/// <param name="Files">Those that are missing or damaged.</param>
public sealed record RepairReport(JournalDamage? Journal, long Events, int FilesChecked, ImmutableArray<DamagedFile> Files);

/// <summary>
/// Checks every event and every artifact of a store. What is damaged is taken out of the record, so that the next run
/// computes it, and nothing else, again.
/// </summary>
public static class StoreRepair
{
    /// <summary>Checks and repairs.</summary>
    /// <param name="folder">The store's folder, which exists.</param>
    /// <param name="clock">The clock.</param>
    /// <exception cref="StoreException">The store is held by another process, cannot be written to, or nothing of it can be read.</exception>
    public static RepairReport Run(string folder, TimeProvider clock)
    {
        JournalDamage? journalDamage = null;
        using (StoreLock.Acquire(folder, clock.GetUtcNow()))
        {
            var path = SweepStore.JournalOf(folder);
            if (File.Exists(path) && JournalRepair.FindDamage(path) is { } damage)
            {
                journalDamage = JournalRepair.Rebuild(path, damage, clock.GetUtcNow());
            }
        }

        using var store = SweepStore.OpenForWriting(folder, clock.GetUtcNow());
        var (events, check) = (0L, new FileCheck(store, clock));
        foreach (var sweep in store.Journal.Sweeps())
        {
            events += check.Check(sweep);
        }

        return new RepairReport(journalDamage, events, check.Checked, [.. check.Damaged]);
    }

    private sealed class FileCheck(SweepStore store, TimeProvider clock)
    {
        public int Checked { get; private set; }

        public List<DamagedFile> Damaged { get; } = [];

        /// <summary>Checks the files of a sweep, and has what is damaged done again.</summary>
        /// <returns>Its number of events.</returns>
        public long Check(string sweep)
        {
            var (state, _, number) = SweepReplay.Of(store.Journal, sweep);
            var artifacts = store.ArtifactsOf(sweep);
            var events = new List<TimedEvent>();
            var at = clock.GetUtcNow() is var now && now > state!.Updated ? now : state!.Updated;
            for (var shuffle = 1; shuffle <= state.Shuffles.Count; shuffle++)
            {
                if (state.Shuffle(shuffle).Done == default)
                {
                    continue;
                }

                var stages = new SortedSet<string>(StringComparer.Ordinal);
                foreach (var (stage, file) in ShuffleRecords.Of(store.Journal, sweep, shuffle).Files)
                {
                    Checked++;
                    if (!artifacts.TryRead(file, out _))
                    {
                        // Steps rest on each other, and what they need of each other is not all kept.
                        var again = stage.Step > 0 ? stage.Phase : stage.ToString();
                        stages.Add(again);
                        Damaged.Add(new DamagedFile(sweep, shuffle, file.Path, again));
                    }
                }

                if (stages.Count > 0)
                {
                    events.AddRange(Reopen(state, shuffle, stages).Select(sweepEvent => new TimedEvent(at, sweepEvent)));
                }
            }

            if (events.Count > 0)
            {
                store.Journal.Append(sweep, number, events);
            }

            return number + events.Count;
        }

        /// <summary>The stages themselves and the last one: what they find is the same as before, and so is all between.</summary>
        private static IEnumerable<SweepEvent> Reopen(SweepState state, int shuffle, IEnumerable<string> stages)
        {
            if (state.Shuffle(shuffle) is { IsRunning: true } running)
            {
                // Its process died: this one holds the store.
                yield return new ShuffleReleased(shuffle, running.Attempt);
            }

            if (state.Shuffle(shuffle).Status != ShuffleStatus.Cancelled)
            {
                yield return new ShuffleReopened(shuffle, [.. stages, state.Plan.Workflow.Last.ToString()]);
            }
        }
    }
}
