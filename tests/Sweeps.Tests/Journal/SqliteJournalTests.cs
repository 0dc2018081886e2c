using AdvFit.Experiments;
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
    public void A_page_of_zeros_is_found_wherever_it_is()
    {
        const int page = 4096, events = 100;
        using (var journal = Filled(0))
        {
            journal.Add("a-1", 0, Some.Time, Enumerable.Range(1, events).Select(n => new ShuffleAssigned(n, 1)));
            journal.SaveSnapshot("a-1", new JournalSnapshot(events, new string('s', 3 * page)));
            journal.AddRequest("a-1", Some.Time, new PauseSweep());
        }

        var whole = File.ReadAllBytes(JournalPath);
        for (var start = 0; start < whole.Length; start += page)
        {
            var damaged = whole.ToArray();
            damaged.AsSpan(start, page).Clear();
            File.WriteAllBytes(JournalPath, damaged);
            Found().ShouldBeTrue($"page {start / page + 1}");
        }

        // Damage to what is not needed may as well do no harm: a snapshot that is damaged is not used.
        bool Found()
        {
            try
            {
                using var journal = SqliteJournal.Open(JournalPath);
                return journal.Read("a-1").Count() < events
                    || Enumerable.Range(1, events).Any(n => !journal.ReadShuffle("a-1", n).Any())
                    || journal.Snapshot("a-1") is null
                    || journal.Requests().IsEmpty;
            }
            catch (StoreException error)
            {
                return error.Message.Contains("journal.db", StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Events_are_read_by_shuffle_and_by_kind()
    {
        using var journal = SqliteJournal.Open(JournalPath);
        journal.Add("a-1", 0, Some.Time,
        [
            new SessionStarted(Some.Session), new ShuffleAssigned(1, 1), new ShuffleAssigned(2, 1),
            new FactRecorded(Some.Epoch(1, 1, 1)), new FactRecorded(Some.Epoch(2, 1, 1)), new SessionStopped(),
        ]);
        journal.Add("b-2", 0, Some.Time, [new ShuffleAssigned(1, 1)]);

        journal.ReadShuffle("a-1", 1).Select(entry => entry.Number).ShouldBe([2, 4]);
        journal.ReadShuffle("a-1", 2, typeof(EpochTrained)).ShouldHaveSingleItem().Event.ShouldBe(new FactRecorded(Some.Epoch(2, 1, 1)));
        journal.ReadShuffle("a-1", 3).ShouldBeEmpty();
    }

    [Fact]
    public void Events_of_a_shuffle_are_checked_too()
    {
        Filled(3).Dispose();
        Tamper("UPDATE events SET at = '2027-01-02T03:04:05.0000000Z' WHERE sequence = 2");

        using var journal = SqliteJournal.Open(JournalPath);
        journal.ReadShuffle("a-1", 1).Count().ShouldBe(1);
        Should.Throw<StoreException>(() => journal.ReadShuffle("a-1", 2).ToList()).Message.ShouldContain("is damaged at event 2 ");
    }

    [Fact]
    public void A_snapshot_is_read_back_and_replaced_by_the_next()
    {
        using var journal = Filled(3);
        journal.Snapshot("a-1").ShouldBeNull();
        journal.SaveSnapshot("a-1", new JournalSnapshot(2, "two"));
        journal.SaveSnapshot("a-1", new JournalSnapshot(3, "three"));

        journal.Snapshot("a-1").ShouldBe(new JournalSnapshot(3, "three"));
        journal.Snapshot("b-2").ShouldBeNull();
    }

    [Theory]
    [InlineData("body = 'other'")]
    [InlineData("number = 2")]
    [InlineData("checksum = 'x'")]
    [InlineData("event = 'x'")]
    public void A_snapshot_that_does_not_fit_is_not_used(string change)
    {
        using (var journal = Filled(3))
        {
            journal.SaveSnapshot("a-1", new JournalSnapshot(3, "three"));
        }

        Tamper($"UPDATE snapshots SET {change}");
        using var reopened = SqliteJournal.Open(JournalPath);
        reopened.Snapshot("a-1").ShouldBeNull();
    }

    [Fact]
    public void Reading_on_from_an_event_checks_that_the_next_follows_it()
    {
        Filled(3).Dispose();
        Tamper("UPDATE events SET checksum = 'x' WHERE sequence = 1");

        using var journal = SqliteJournal.Open(JournalPath);
        Should.Throw<StoreException>(() => journal.Read("a-1", after: 1).ToList()).Message.ShouldContain("is damaged at event 2 ");
        journal.Read("a-1", after: 2).Count().ShouldBe(1);
    }

    [Fact]
    public void Requests_are_read_back_in_order_until_they_are_answered_or_removed()
    {
        using var journal = SqliteJournal.Open(JournalPath);
        SweepCommand[] commands =
            [new PauseSweep(), new ResumeSweep(), new CancelSweep(), new RerunShuffles(null, true, null)];
        var ids = commands.Select(command => journal.AddRequest("a-1", Some.Time, command)).ToArray();
        var last = journal.AddRequest("b-2", Some.Time, new RerunShuffles([3, 7], false, "attack:fgsm"));

        journal.Requests().Take(4).ShouldBe(commands.Select((command, i) => new SweepRequest(ids[i], "a-1", Some.Time, command)));
        var rerun = journal.Requests()[4].Command.ShouldBeOfType<RerunShuffles>();
        (rerun.Stage, rerun.OnlyFailed).ShouldBe(("attack:fgsm", false));
        rerun.Shuffles.ShouldNotBeNull().ShouldBe([3, 7]);

        journal.AnswerTo(ids[0]).ShouldBeNull();
        journal.Answer(ids[0], "No.");
        journal.AnswerTo(ids[0]).ShouldBe("No.");
        journal.RemoveRequest(ids[1]);
        journal.RemoveRequest(ids[1]);
        journal.Requests().Select(request => request.Id).ShouldBe([.. ids.Skip(2), last]);
        journal.RemoveRequestsBefore(Some.Time);
        journal.Requests().Length.ShouldBe(3);
        journal.RemoveRequestsBefore(Some.Time.AddTicks(1));
        journal.Requests().ShouldBeEmpty();
    }

    [Fact]
    public void A_forgotten_sweep_is_gone_and_its_lack_is_no_damage()
    {
        using (var journal = Filled(3))
        {
            journal.Add("b-2", 0, Some.Time, [new SessionStopped()]);
            journal.SaveSnapshot("a-1", new JournalSnapshot(3, "three"));
            journal.Forget("a-1", Some.Time);
            journal.Forgotten().ShouldBe(["a-1"]);
        }

        using var reopened = SqliteJournal.Open(JournalPath);
        reopened.Sweeps().ShouldBe(["b-2"]);
        reopened.Read("a-1").ShouldBeEmpty();
        reopened.Snapshot("a-1").ShouldBeNull();
        reopened.Add("a-1", 0, Some.Time, [new SessionStopped()]);
        reopened.Forgotten().ShouldBeEmpty();
    }

    [Fact]
    public void What_only_the_host_may_do_cannot_be_asked_for()
    {
        using var journal = SqliteJournal.Open(JournalPath);
        Should.Throw<ArgumentException>(() => journal.AddRequest("a-1", Some.Time, new AssignNext()));
    }

    [Fact]
    public void A_journal_of_schema_1_is_read_as_it_is_and_brought_up_to_date_when_written()
    {
        Filled(3).Dispose();
        Tamper("DROP INDEX events_by_shuffle; DROP TABLE snapshots; DROP TABLE requests; DROP TABLE forgotten; PRAGMA user_version = 1");

        using (var reader = SqliteJournal.OpenForReading(JournalPath).ShouldNotBeNull())
        {
            reader.Read("a-1").Count().ShouldBe(3);
            reader.ReadShuffle("a-1", 2).Count().ShouldBe(1);
            reader.Snapshot("a-1").ShouldBeNull();
        }

        using var writer = SqliteJournal.Open(JournalPath);
        writer.SaveSnapshot("a-1", new JournalSnapshot(3, "three"));
        writer.ReadShuffle("a-1", 2).Count().ShouldBe(1);
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
