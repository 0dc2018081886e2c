using AdvFit.Cli.Running;
using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;

namespace AdvFit.Cli.Tests;

public sealed class ProgressTests
{
    private static readonly SweepSpec Spec = new(
        "tiny", "data", null, "lenet5", new TrainingSpec(4, 32, 0.003), [], Shuffles: 2, Seed: 1);

    private static readonly SweepState Planned = SweepState.Apply(
        null, new SweepPlanned(Spec, new DataProvenance("data", 100, 10, "", [])), DateTimeOffset.UnixEpoch);

    [Fact]
    public void The_time_left_follows_from_the_speed_until_now()
    {
        var clock = new ManualClock();
        var monitor = new RunMonitor(clock);
        monitor.Recorded(new ShuffleAssigned(1, 1), Planned.Apply(new ShuffleAssigned(1, 1), DateTimeOffset.UnixEpoch));
        monitor.Progressed(1, At(epoch: 1, done: 0, fraction: 0));
        clock.Advance(10);
        monitor.Progressed(1, At(epoch: 1, done: 50, fraction: 0.5));
        var snapshot = monitor.Take();
        snapshot.Fraction.ShouldBe(0.25);
        snapshot.Left.ShouldBe(TimeSpan.FromSeconds(30));
        var slot = snapshot.Slots.ShouldHaveSingleItem();
        slot.Rate.ShouldBe(5);
        slot.Left.ShouldBe(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void What_an_earlier_session_did_does_not_count_as_speed()
    {
        var clock = new ManualClock();
        var monitor = new RunMonitor(clock);
        monitor.Recorded(new ShuffleAssigned(1, 1), Planned.Apply(new ShuffleAssigned(1, 1), DateTimeOffset.UnixEpoch));
        monitor.Progressed(1, At(epoch: 3, done: 0, fraction: 0.5));
        clock.Advance(10);
        monitor.Progressed(1, At(epoch: 3, done: 100, fraction: 0.75));
        monitor.Take().Slots[0].Left.ShouldBe(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void A_failed_attempt_is_news_once_and_frees_its_slot()
    {
        var monitor = new RunMonitor(new ManualClock());
        var assigned = Planned.Apply(new ShuffleAssigned(1, 1), DateTimeOffset.UnixEpoch);
        monitor.Recorded(new ShuffleAssigned(1, 1), assigned);
        monitor.Progressed(1, At(epoch: 1, done: 1, fraction: 0.1));
        var failed = new FactRecorded(new AttemptFailed(1, 1, "The disk is full.", Retryable: true));
        monitor.Recorded(failed, assigned.Apply(failed, DateTimeOffset.UnixEpoch));
        var snapshot = monitor.Take();
        snapshot.LogLines.ShouldHaveSingleItem().ShouldContain("The disk is full.");
        snapshot.Slots.ShouldBeEmpty();
        monitor.Take().LogLines.ShouldBeEmpty();
    }

    [Fact]
    public void Plain_progress_keeps_the_work_going_when_nobody_can_read_it()
    {
        var progress = new PlainProgress(new FullDisk());
        var failed = new FactRecorded(new AttemptFailed(1, 1, "No luck.", Retryable: false));
        var after = Planned.Apply(new ShuffleAssigned(1, 1), DateTimeOffset.UnixEpoch).Apply(failed, DateTimeOffset.UnixEpoch);
        progress.Recorded(failed, after);
        progress.Recorded(failed, after);
        progress.Failure.ShouldNotBeNull().Message.ShouldBe("No space left.");
    }

    private static ShuffleProgress At(int epoch, int done, double fraction) =>
        new(1, "train", epoch, done, 100, null, fraction);

    private sealed class ManualClock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => _now;

        public void Advance(long seconds) => _now += seconds;
    }

    private sealed class FullDisk : StringWriter
    {
        public override void WriteLine(string? value) => throw new IOException("No space left.");
    }
}
