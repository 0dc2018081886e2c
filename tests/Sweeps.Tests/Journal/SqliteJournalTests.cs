using AdvFit.Messages;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Store;
using Microsoft.Data.Sqlite;

namespace AdvFit.Sweeps.Tests.Journal;

public sealed class SqliteJournalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string JournalPath => _folder.File("journal.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Events_are_read_back_in_order_per_sweep_after_reopening()
    {
        using (var journal = SqliteJournal.Open(JournalPath))
        {
            journal.Add("a-1", 0, Some.Time, [new ShuffleAssigned(1, 1), new ShuffleAssigned(2, 1)]);
            journal.Add("b-2", 0, Some.Time.AddTicks(1), [new SessionStopped()]);
            journal.Add("a-1", 2, Some.Time.AddHours(1), [new ShuffleAssigned(3, 1)]);
        }

        using var reopened = SqliteJournal.OpenForReading(JournalPath).ShouldNotBeNull();
        reopened.Read("a-1").ShouldBe(
        [
            new JournalEntry(1, 1, Some.Time, new ShuffleAssigned(1, 1)),
            new JournalEntry(2, 2, Some.Time, new ShuffleAssigned(2, 1)),
            new JournalEntry(4, 3, Some.Time.AddHours(1), new ShuffleAssigned(3, 1)),
        ]);
        reopened.Read("b-2").ShouldHaveSingleItem().At.ShouldBe(Some.Time.AddTicks(1));
        reopened.Read("c-3").ShouldBeEmpty();
    }

    [Fact]
    public void A_reader_sees_what_a_writer_that_is_still_open_has_appended()
    {
        using var writer = Filled(2);
        using var reader = SqliteJournal.OpenForReading(JournalPath).ShouldNotBeNull();

        writer.Add("a-1", 2, Some.Time, [new SessionStopped()]);

        reader.Read("a-1").Count().ShouldBe(3);
    }

    [Fact]
    public void An_append_that_expects_other_events_is_refused_whole()
    {
        using var journal = Filled(2);

        Should.Throw<StoreException>(() => journal.Add("a-1", 1, Some.Time, [new SessionStopped()]))
            .Message.ShouldContain("has 2 events of the sweep a-1 where 1 were expected");
        journal.Read("a-1").Count().ShouldBe(2);
    }

    [Fact]
    public void An_append_that_fails_half_way_leaves_nothing()
    {
        using var journal = Filled(2);

        Should.Throw<KeyNotFoundException>(() => journal.Add("a-1", 2, Some.Time, [new SessionStopped(), new UnknownEvent()]));

        journal.Read("a-1").Count().ShouldBe(2);
        journal.Add("a-1", 2, Some.Time, [new SessionStopped()]);
        journal.Read("a-1").Count().ShouldBe(3);
    }

    [Fact]
    public void Sweeps_are_listed_the_latest_begun_first()
    {
        using var journal = SqliteJournal.Open(JournalPath);
        journal.Add("a-1", 0, Some.Time, [new SessionStopped()]);
        journal.Add("b-2", 0, Some.Time, [new SessionStopped()]);
        journal.Add("a-1", 1, Some.Time, [new SessionStopped()]);

        journal.Sweeps().ShouldBe(["b-2", "a-1"]);
    }

    [Theory]
    [InlineData("body = replace(body, '1', '2')")]
    [InlineData("type = 'session-stopped.1', body = '{}'")]
    [InlineData("at = '2027-01-02T03:04:05.0000000Z'")]
    [InlineData("checksum = 'x'")]
    public void A_changed_event_is_found_and_named(string change)
    {
        Filled(3).Dispose();
        Tamper($"UPDATE events SET {change} WHERE sequence = 2");

        using var journal = SqliteJournal.Open(JournalPath);
        Should.Throw<StoreException>(() => journal.Read("a-1").ToList()).Message.ShouldContain("is damaged at event 2 ");
    }

    [Fact]
    public void An_event_moved_to_another_sweep_is_found()
    {
        Filled(3).Dispose();
        Tamper("UPDATE events SET sweep = 'b-2', number = 1 WHERE sequence = 3");

        using var journal = SqliteJournal.Open(JournalPath);
        Should.Throw<StoreException>(() => journal.Read("b-2").ToList()).Message.ShouldContain("is damaged at event 3 ");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_lost_event_is_found_and_named_even_the_last(int sequence)
    {
        Filled(3).Dispose();
        Tamper($"DELETE FROM events WHERE sequence = {sequence}");

        Should.Throw<StoreException>(() => SqliteJournal.Open(JournalPath)).Message.ShouldContain($"event {sequence} is missing");
        Should.Throw<StoreException>(() => SqliteJournal.OpenForReading(JournalPath)).Message.ShouldContain($"event {sequence} is missing");
    }

    [Fact]
    public void An_unknown_kind_of_event_is_named()
    {
        Filled(1).Dispose();
        var checksum = EventChecksum.Of("", "b-2", 1, "2026-01-02T03:04:05.0000000Z", "future.1", "{}");
        Tamper($"INSERT INTO events (sweep, number, at, type, body, checksum) VALUES ('b-2', 1, '2026-01-02T03:04:05.0000000Z', 'future.1', '{{}}', '{checksum}')");

        using var journal = SqliteJournal.Open(JournalPath);
        Should.Throw<StoreException>(() => journal.Read("b-2").ToList())
            .Message.ShouldContain("at event 2 of the sweep b-2: its type `future.1` is unknown to this version");
    }

    [Fact]
    public void A_newer_schema_is_refused()
    {
        Filled(1).Dispose();
        Tamper("PRAGMA user_version = 3");

        Should.Throw<StoreException>(() => SqliteJournal.Open(JournalPath)).Message.ShouldContain("written by a newer AdvFit (schema 3;");
    }

    [Fact]
    public void Another_programs_database_is_left_alone()
    {
        Tamper("CREATE TABLE other (x)");

        Should.Throw<StoreException>(() => SqliteJournal.Open(JournalPath)).Message.ShouldContain("is not a journal of AdvFit");
    }

    [Fact]
    public void A_file_that_is_no_database_is_left_alone()
    {
        File.WriteAllText(JournalPath, new string('x', 5000));

        Should.Throw<StoreException>(() => SqliteJournal.Open(JournalPath)).Message.ShouldContain("is not a journal of AdvFit");
    }

    [Fact]
    public void A_page_of_zeros_is_found()
    {
        using (var journal = Filled(0))
        {
            for (var i = 0; i < 200; i++)
            {
                journal.Add("a-1", i, Some.Time, [new ShuffleAssigned(i + 1, 1)]);
            }
        }

        using (var file = new FileStream(JournalPath, FileMode.Open))
        {
            file.Seek(5 * 4096, SeekOrigin.Begin);
            file.Write(new byte[4096]);
        }

        Should.Throw<StoreException>(() =>
        {
            using var journal = SqliteJournal.Open(JournalPath);
            journal.Read("a-1").Count().ShouldBe(200);
        }).Message.ShouldContain("damaged");
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_one_sentence_that_names_it() =>
        Should.Throw<StoreException>(() => SqliteJournal.Open(_folder.File("none/journal.db")))
            .Message.ShouldContain($"{_folder.File("none/journal.db")} cannot be opened");

    [Fact]
    public void A_begun_but_empty_file_is_no_journal_yet()
    {
        Tamper("PRAGMA journal_mode = WAL");

        SqliteJournal.OpenForReading(JournalPath).ShouldBeNull();
        SqliteJournal.Open(JournalPath).Dispose();
        SqliteJournal.OpenForReading(JournalPath).ShouldNotBeNull().Dispose();
    }

    private SqliteJournal Filled(int events)
    {
        var journal = SqliteJournal.Open(JournalPath);
        journal.Add("a-1", 0, Some.Time, Enumerable.Range(1, events).Select(n => new ShuffleAssigned(n, 1)));
        return journal;
    }

    private void Tamper(string statement)
    {
        using var connection = new SqliteConnection($"Data Source={JournalPath};Pooling=False");
        connection.Open();
        using var command = new SqliteCommand(statement, connection);
        command.ExecuteNonQuery();
    }

    private sealed record UnknownEvent : SweepEvent;
}
