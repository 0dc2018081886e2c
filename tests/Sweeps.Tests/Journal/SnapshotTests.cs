using AdvFit.Messages;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Tests.Decisions;
using AdvFit.Sweeps.Tests.Local;

namespace AdvFit.Sweeps.Tests.Journal;

public class SnapshotTests
{
    [Fact]
    public void A_snapshot_taken_anywhere_and_the_events_after_it_give_the_same_sweep()
    {
        var sweep = new SimulatedSweep();
        sweep.Do(Some.Start());
        sweep.Complete(1);
        sweep.Do(new AssignNext());
        sweep.Report(Some.Epoch(2, 1, 1));
        sweep.Report(new AttemptFailed(2, 1, "Out of memory.", Retryable: true));
        sweep.Do(Some.Start(Some.Spec with { Shuffles = 4, Attacks = [Some.Attack("weak"), Some.Attack("fgsm")] }));
        sweep.Do(new AssignNext());
        sweep.Do(new PauseSweep());
        sweep.Do(new ReleaseShuffle(1, 2));
        sweep.Do(new CancelSweep());
        sweep.Do(new ResumeSweep());
        sweep.Do(Some.Start(sweep.State.Spec) with { FailFast = true });
        sweep.Complete(1);

        var journal = new FakeJournal();
        journal.Append("", 0, [.. sweep.Events.Select(sweepEvent => new TimedEvent(Some.Time, sweepEvent))]);
        var whole = SweepReplay.Of(journal, "");
        var replay = SweepReplay.Empty;
        foreach (var entry in journal.Entries)
        {
            replay = replay.Add(new TimedEvent(entry.At, entry.Event));
            journal.SaveSnapshot("", replay.Snapshot());
            var fromSnapshot = SweepReplay.Of(journal, "");

            fromSnapshot.Snapshot().ShouldBe(whole.Snapshot());
            SimulatedSweep.Describe(fromSnapshot.State).ShouldBe(SimulatedSweep.Describe(whole.State));
        }
    }

    [Fact]
    public void A_snapshot_of_another_version_is_not_read()
    {
        var sweep = new SimulatedSweep();
        sweep.Do(Some.Start());
        var body = SnapshotFormat.Write(sweep.State, Sweeps.Queries.SweepHistory.Empty);

        SnapshotFormat.Read(body).ShouldNotBeNull();
        SnapshotFormat.Read(body.Replace("\"version\":1,", "\"version\":0,", StringComparison.Ordinal)).ShouldBeNull();
        SnapshotFormat.Read("{}").ShouldBeNull();
    }

    [Fact]
    public void Shuffles_that_stand_alike_take_no_more_room_than_one()
    {
        var (few, many) = (new SimulatedSweep(), new SimulatedSweep());
        few.Do(Some.Start(Some.Spec with { Shuffles = 1 }));
        many.Do(Some.Start(Some.Spec with { Shuffles = 100_000 }));

        SnapshotFormat.Write(many.State, Sweeps.Queries.SweepHistory.Empty).Length
            .ShouldBeLessThan(SnapshotFormat.Write(few.State, Sweeps.Queries.SweepHistory.Empty).Length + 20);
    }
}
