using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Store;

namespace AdvFit.Sweeps.Repair;

/// <summary>What was lost of a damaged journal, and what was made of the rest.</summary>
/// <param name="Damage">What was found first, in a sentence.</param>
/// <param name="Kept">Events that were whole.</param>
/// <param name="Rebuilt">Events of the journal that was made of them.</param>
/// <param name="LostSweeps">Sweeps of which nothing could be kept.</param>
/// <param name="Aside">Where the damaged file is now.</param>
public sealed record JournalDamage(
    string Damage, int Kept, int Rebuilt, IReadOnlyList<string> LostSweeps, string Aside);

/// <summary>Checks a journal to the last bit, and makes a whole one of what is left of a damaged one.</summary>
internal static class JournalRepair
{
    private static readonly string[] Companions = ["-wal", "-shm"];

    /// <summary>What is wrong with a journal, as a sentence; null where it is whole.</summary>
    public static string? FindDamage(string path)
    {
        try
        {
            using var journal = SqliteJournal.Open(path);
            journal.CheckPages();
            foreach (var sweep in journal.Sweeps())
            {
                SweepReplay.Empty.Follow(journal, sweep);
            }

            return null;
        }
        catch (StoreException error)
        {
            return error.Message;
        }
    }

    /// <summary>Puts a damaged journal aside, and one of its whole events in its place.</summary>
    /// <param name="path">The journal.</param>
    /// <param name="damage">What is wrong with it.</param>
    /// <param name="now">The time, for the name of the file put aside.</param>
    /// <exception cref="StoreException">Nothing can be read of it, or the store cannot be written to.</exception>
    public static JournalDamage Rebuild(string path, string damage, DateTimeOffset now)
    {
        var fresh = $"{path}.repaired";
        var aside = $"{path}.damaged-{now.UtcDateTime:yyyyMMdd-HHmmss}";
        RemoveAll(fresh);
        var (kept, rebuilt, lost) = (0, 0, new List<string>());
        using (var survivors = new SurvivingEvents(path))
        using (var journal = SqliteJournal.Open(fresh))
        {
            foreach (var sweep in survivors.Sweeps)
            {
                var events = EventRebuild.Of(survivors.Of(sweep));
                kept += survivors.Of(sweep).Count();
                rebuilt += events.Count;
                if (events.Count == 0)
                {
                    lost.Add(sweep);
                }
                else
                {
                    journal.Append(sweep, 0, events);
                }
            }
        }

        // Closing it left no WAL. Should the process die between the moves, the journal is missing, and the store says so.
        foreach (var companion in Companions.Prepend(""))
        {
            if (File.Exists(path + companion))
            {
                File.Move(path + companion, aside + companion);
            }
        }

        File.Move(fresh, path);
        DirectorySync.Flush(Path.GetDirectoryName(path)!);
        return new JournalDamage(damage, kept, rebuilt, lost, aside);
    }

    private static void RemoveAll(string path)
    {
        foreach (var companion in Companions.Prepend(""))
        {
            File.Delete(path + companion);
        }
    }
}
