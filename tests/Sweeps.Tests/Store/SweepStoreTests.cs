using AdvFit.Messages;
using AdvFit.Sweeps.Store;
using AdvFit.Sweeps.Tests.Decisions;

namespace AdvFit.Sweeps.Tests.Store;

public sealed class SweepStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_second_writer_is_told_who_holds_the_store()
    {
        using var first = Open();

        var message = Should.Throw<StoreException>(Open).Message;

        message.ShouldContain($"is in use by process {Environment.ProcessId} on {Environment.MachineName}, since 2026-01-02 03:04:05 UTC");
        first.Holder().ShouldBe(new StoreHolder(Environment.ProcessId, Environment.MachineName, Some.Time));
    }

    [Fact]
    public void A_closed_store_is_free()
    {
        Open().Dispose();

        using var second = Open();
        second.ShouldNotBeNull();
    }

    [Fact]
    public void A_holder_that_crashed_leaves_the_store_free()
    {
        Open().Dispose();
        File.WriteAllText(_folder.File("lock.holder"), """{"process_id":1,"machine":"gone","since":"2025-01-01T00:00:00Z"}""");

        using (var reader = SweepStore.OpenForReading(_folder.Path).ShouldNotBeNull())
        {
            reader.Holder().ShouldBeNull();
        }

        using var store = Open();
        store.Holder().ShouldNotBeNull().ProcessId.ShouldBe(Environment.ProcessId);
    }

    [Fact]
    public void Readers_need_no_lock_and_see_the_holder()
    {
        using var writer = Open();
        writer.Journal.Add("a-1", 0, Some.Time, [new SessionStopped()]);

        using var reader = SweepStore.OpenForReading(_folder.Path).ShouldNotBeNull();

        reader.Journal.Sweeps().ShouldBe(["a-1"]);
        reader.Holder().ShouldNotBeNull().Since.ShouldBe(Some.Time);
    }

    [Fact]
    public void Who_lists_sweeps_again_sees_what_is_new_and_not_what_was_forgotten()
    {
        using var writer = Open();
        using var reader = SweepStore.OpenForReading(_folder.Path).ShouldNotBeNull();
        var sweep = new SimulatedSweep();
        var recorded = 0;
        sweep.Do(Some.Start());
        Record();
        reader.List().ShouldBe(writer.List());

        sweep.Complete(1);
        Record();
        reader.List().ShouldHaveSingleItem().Completed.ShouldBe(1);

        writer.Forget("a-1", Some.Time);
        reader.List().ShouldBeEmpty();
        recorded = 0;
        sweep.Complete(2);
        Record();
        reader.List().ShouldHaveSingleItem().Completed.ShouldBe(2);

        void Record()
        {
            writer.Journal.Add("a-1", recorded, Some.Time, sweep.Events.Skip(recorded));
            recorded = sweep.Events.Count;
        }
    }

    [Fact]
    public void Looking_at_no_store_makes_none()
    {
        SweepStore.OpenForReading(_folder.File("none")).ShouldBeNull();
        Directory.Exists(_folder.File("none")).ShouldBeFalse();
    }

    [Fact]
    public void Half_written_artifacts_of_a_dead_process_are_cleared_away()
    {
        var partial = Path.Combine(_folder.Path, "sweeps", "a-1", ".partial");
        using (var store = Open())
        {
            store.Journal.Add("a-1", 0, Some.Time, [new SessionStopped()]);
            store.ArtifactsOf("a-1").Write("x", ".bin", new byte[] { 1 });
        }

        File.WriteAllText(Path.Combine(partial, "7"), "half");

        using var reopened = Open();
        Directory.Exists(partial).ShouldBeFalse();
        Directory.EnumerateFiles(reopened.FolderOf("a-1")).Count().ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_lost_journal_beside_its_sweeps_is_not_begun_anew(bool truncated)
    {
        using (var store = Open())
        {
            store.ArtifactsOf("a-1").Write("x", ".bin", new byte[] { 1 });
        }

        File.Delete(_folder.File("journal.db"));
        if (truncated)
        {
            File.WriteAllText(_folder.File("journal.db"), "");
        }

        Should.Throw<StoreException>(Open).Message.ShouldContain("is gone although");
        Should.Throw<StoreException>(() => SweepStore.OpenForReading(_folder.Path)).Message.ShouldContain("is gone although");
    }

    [Fact]
    public void A_file_in_place_of_the_store_is_one_sentence_that_names_it()
    {
        File.WriteAllText(_folder.File("store"), "");

        Should.Throw<StoreException>(() => SweepStore.OpenForWriting(_folder.File("store"), Some.Time))
            .Message.ShouldContain(_folder.File("store"));
    }

    private SweepStore Open() => SweepStore.OpenForWriting(_folder.Path, Some.Time);
}
