using AdvFit.Messages;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Repair;
using AdvFit.Sweeps.Store;
using AdvFit.Sweeps.Tests.Decisions;
using Microsoft.Data.Sqlite;

namespace AdvFit.Sweeps.Tests.Repair;

/// <summary>Damage anywhere in the journal's file is found or harmless, and what is left can be worked on.</summary>
public sealed class JournalRepairTests : IDisposable
{
    private const int Shuffles = 20, Damages = 15;

    private readonly TemporaryFolder _folder = new();
    private readonly List<SweepEvent> _events;
    private readonly byte[] _whole;

    public JournalRepairTests()
    {
        var sweep = new SimulatedSweep();
        sweep.Do(Some.Start(Some.Spec with { Shuffles = Shuffles }));
        sweep.CompleteAll();
        _events = sweep.Events;
        using (var journal = SqliteJournal.Open(JournalPath))
        {
            journal.Add("quick-1", 0, Some.Time, _events);
        }

        _whole = File.ReadAllBytes(JournalPath);
    }

    private string JournalPath => _folder.File("journal.db");

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, Func<Random, byte[], byte[]>> Kinds => new()
    {
        { "a flipped bit", (random, bytes) => Flip(bytes, random.Next(bytes.Length), 1 << random.Next(8)) },
        { "a page of noise", (random, bytes) => Overwrite(bytes, random.Next(bytes.Length / 4096) * 4096, 4096, random) },
        { "half a page of zeros", (random, bytes) => Zero(bytes, random.Next(bytes.Length / 2048) * 2048, 2048) },
        { "a truncated file", (random, bytes) => bytes[..random.Next(bytes.Length)] },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Damage_is_found_or_harmless_and_what_is_left_can_be_completed(string kind, Func<Random, byte[], byte[]> damage)
    {
        var (random, repaired) = (new Random(kind.Length), 0);
        for (var i = 0; i < Damages; i++)
        {
            Clear();
            var damaged = damage(random, [.. _whole]);
            var isEmpty = damaged.Length == 0;
            File.WriteAllBytes(JournalPath, damaged);
            if (JournalRepair.FindDamage(JournalPath) is { } found)
            {
                found.ShouldContain("ournal");
                repaired += Repair(found) ? 1 : 0;
            }
            else
            {
                Texts(Read()).ShouldBe(isEmpty ? [] : Texts(_events));
            }
        }

        repaired.ShouldBeGreaterThan(0, kind);
    }

    [Fact]
    public void Only_the_damaged_event_and_what_rests_on_it_is_lost()
    {
        using (var connection = new SqliteConnection($"Data Source={JournalPath};Pooling=False"))
        {
            connection.Open();
            using var command = new SqliteCommand(
                "UPDATE events SET body = replace(body, '0.5', '0.6') WHERE type = 'epoch-trained.1' AND body ->> '$.shuffle' = 7 AND body ->> '$.epoch' = 2",
                connection);
            command.ExecuteNonQuery().ShouldBe(1);
        }

        var damage = JournalRepair.Rebuild(JournalPath, JournalRepair.FindDamage(JournalPath).ShouldNotBeNull(), Some.Time);

        damage.Damage.ShouldContain("is damaged at event ");
        damage.Kept.ShouldBe(_events.Count - 1);
        File.Exists(damage.Aside).ShouldBeTrue();
        using var journal = SqliteJournal.Open(JournalPath);
        SweepReplay.Of(journal, "quick-1").State.ShouldNotBeNull().Completed.ShouldBe(Shuffles - 1);
        JournalRepair.FindDamage(JournalPath).ShouldBeNull();
    }

    private static IEnumerable<string> Texts(IEnumerable<SweepEvent> events) =>
        events.Select(sweepEvent => EventFormat.Write(sweepEvent).ToString());

    private static byte[] Flip(byte[] bytes, int place, int bits)
    {
        bytes[place] ^= (byte)bits;
        return bytes;
    }

    private static byte[] Overwrite(byte[] bytes, int start, int length, Random random)
    {
        random.NextBytes(bytes.AsSpan(start, Math.Min(length, bytes.Length - start)));
        return bytes;
    }

    private static byte[] Zero(byte[] bytes, int start, int length)
    {
        bytes.AsSpan(start, Math.Min(length, bytes.Length - start)).Clear();
        return bytes;
    }

    private bool Repair(string found)
    {
        try
        {
            JournalRepair.Rebuild(JournalPath, found, Some.Time);
        }
        catch (StoreException nothingLeft)
        {
            nothingLeft.Message.ShouldContain("ournal");
            return false;
        }

        JournalRepair.FindDamage(JournalPath).ShouldBeNull();
        var again = new SimulatedSweep();
        again.Replay(Read());
        again.Do(Some.Start(again.StateOrNull?.Spec ?? Some.Spec));
        again.CompleteAll();
        return true;
    }

    private IEnumerable<SweepEvent> Read()
    {
        using var journal = SqliteJournal.Open(JournalPath);
        return [.. journal.Read("quick-1").Select(entry => entry.Event)];
    }

    private void Clear()
    {
        foreach (var path in Directory.EnumerateFiles(_folder.Path))
        {
            File.Delete(path);
        }
    }
}
