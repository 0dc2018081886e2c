using System.Collections.Immutable;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace AdvFit.Sweeps.Tests.Decisions;

/// <summary>What holds whatever is asked, in whatever order.</summary>
public class SweepDecisionsProperties
{
    [Property(MaxTest = 300)]
    public Property Any_commands_keep_the_sweep_sound() => Prop.ForAll(Move.Lists(), moves =>
    {
        var sweep = new SimulatedSweep();
        foreach (var move in moves)
        {
            if (move.Command(sweep.StateOrNull, sweep.NextFact) is not { } command)
            {
                continue;
            }

            var before = sweep.StateOrNull;
            var decision = sweep.Do(command);
            CheckMove(before, command, decision, sweep.StateOrNull);
        }

        JournalRules.Check(sweep.Events);
        var replayed = sweep.Events.Aggregate((SweepState?)null, (state, sweepEvent) => SweepState.Apply(state, sweepEvent, Some.Time));
        SimulatedSweep.Describe(replayed).ShouldBe(SimulatedSweep.Describe(sweep.StateOrNull));
    });

    [Property(MaxTest = 100)]
    public Property Whatever_happened_a_sweep_can_be_driven_to_completion() => Prop.ForAll(Move.Lists(), moves =>
    {
        var sweep = new SimulatedSweep();
        foreach (var move in moves)
        {
            move.Make(sweep);
        }

        sweep.Do(new ResumeSweep());
        sweep.Do(Some.Start(sweep.StateOrNull?.Spec));
        sweep.Do(new ResumeSweep());
        sweep.CompleteAll();

        sweep.State.Completed.ShouldBe(sweep.State.Spec.Shuffles);
        sweep.State.InSession.ShouldBeFalse();
    });

    private static void CheckMove(SweepState? before, SweepCommand command, Decision decision, SweepState? after)
    {
        if (decision.IsRejected)
        {
            decision.Events.ShouldBeEmpty();
        }

        if (before is null || after is null)
        {
            return;
        }

        foreach (var (old, now) in before.Shuffles.Zip(after.Shuffles))
        {
            now.Attempt.ShouldBeGreaterThanOrEqualTo(old.Attempt);
            if (old.Status == ShuffleStatus.Completed
                && !decision.Events.Any(sweepEvent => sweepEvent is SweepExtended or ShuffleReopened))
            {
                now.ShouldBeSameAs(old);
            }
        }

        if (command is ReportFact { Fact: var fact } && before.HasShuffle(fact.Shuffle)
            && (fact.Attempt < before.Shuffle(fact.Shuffle).Attempt || !before.Shuffle(fact.Shuffle).IsRunning))
        {
            decision.Events.ShouldBeEmpty();
        }

        if (command is FreeFiles free && !decision.IsRejected)
        {
            free.Paths.Keys.ShouldAllBe(shuffle => before.Shuffle(shuffle).Status == ShuffleStatus.Completed);
        }

        CheckSets(after);
    }

    private static void CheckSets(SweepState state)
    {
        IEnumerable<int> Numbers(params ShuffleStatus[] statuses) =>
            state.Shuffles.Select((shuffle, i) => (shuffle, i)).Where(pair => statuses.Contains(pair.shuffle.Status)).Select(pair => pair.i + 1);

        state.Waiting.ShouldBe(Numbers(ShuffleStatus.Planned));
        state.Running.Keys.ShouldBe(Numbers(ShuffleStatus.Assigned, ShuffleStatus.Working));
        state.Completed.ShouldBe(Numbers(ShuffleStatus.Completed).Count());
        state.Failed.ShouldBe(Numbers(ShuffleStatus.Failed).Count());
        state.Cancelled.ShouldBe(Numbers(ShuffleStatus.Cancelled).Count());
        state.Spec.Shuffles.ShouldBe(state.Shuffles.Count);
        state.Delays.Keys.ShouldBeSubsetOf(state.Waiting);
        foreach (var shuffle in state.Shuffles.Where(shuffle => shuffle.Status == ShuffleStatus.Completed))
        {
            state.Plan.HasAll(shuffle.Done).ShouldBeTrue();
        }
    }
}
