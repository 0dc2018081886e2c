using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Repair;
using AdvFit.Sweeps.Tests.Decisions;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace AdvFit.Sweeps.Tests.Repair;

public class EventRebuildTests
{
    [Property(MaxTest = 200)]
    public Property Of_a_whole_journal_nothing_is_changed() => Prop.ForAll(Move.Lists(), moves =>
    {
        var sweep = Play(moves);
        EventRebuild.Of(Timed(sweep.Events)).Select(timed => timed.Event).ShouldBe(sweep.Events);
    });

    [Property(MaxTest = 300)]
    public Property Whatever_is_lost_what_is_left_makes_sense_and_can_be_completed() => Prop.ForAll(
        Move.Lists(), Gen.Choose(1, int.MaxValue).ToArbitrary(), (moves, seed) =>
        {
            var (sweep, random) = (Play(moves), new Random(seed));
            var share = random.NextDouble();
            var surviving = sweep.Events.Where((_, i) => i == 0 || random.NextDouble() < share).ToList();

            var rebuilt = EventRebuild.Of(Timed(surviving));

            var again = new SimulatedSweep();
            again.Replay(rebuilt.Select(timed => timed.Event));
            again.Do(new ResumeSweep());
            again.Do(Some.Start(again.StateOrNull?.Spec));
            again.CompleteAll();
            again.State.Completed.ShouldBe(again.State.Spec.Shuffles);
            again.State.InSession.ShouldBeFalse();
        });

    [Fact]
    public void A_lost_epoch_costs_what_came_after_it_in_its_shuffle_alone()
    {
        var sweep = new SimulatedSweep();
        sweep.Do(Some.Start());
        sweep.CompleteAll();
        var surviving = sweep.Events.Where(sweepEvent => sweepEvent is not FactRecorded { Fact: EpochTrained { Shuffle: 2, Epoch: 2 } });

        var again = new SimulatedSweep();
        again.Replay(EventRebuild.Of(Timed(surviving)).Select(timed => timed.Event));

        again.State.Shuffles.Select(shuffle => shuffle.Done.Steps).ShouldBe([2, 1, 2]);
        again.State.Shuffles.Select(shuffle => shuffle.Status)
            .ShouldBe([ShuffleStatus.Completed, ShuffleStatus.Working, ShuffleStatus.Completed]);
    }

    [Fact]
    public void Without_its_plan_a_sweep_is_lost()
    {
        var sweep = new SimulatedSweep();
        sweep.Do(Some.Start());
        sweep.CompleteAll();
        EventRebuild.Of(Timed(sweep.Events.Skip(1))).ShouldBeEmpty();
    }

    private static SimulatedSweep Play(List<Move> moves)
    {
        var sweep = new SimulatedSweep();
        sweep.Do(Some.Start());
        foreach (var move in moves)
        {
            move.Make(sweep);
        }

        return sweep;
    }

    private static IEnumerable<TimedEvent> Timed(IEnumerable<SweepEvent> events) =>
        events.Select(sweepEvent => new TimedEvent(Some.Time, sweepEvent));
}
