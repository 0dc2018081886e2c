using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace AdvFit.Sweeps.Tests.Decisions;

/// <summary>What holds whatever is asked, in whatever order.</summary>
public class SweepDecisionsProperties
{
    /// <summary>A command as it depends on the sweep at the time.</summary>
    public sealed record Move(string Name, Func<SweepState?, Func<int, ShuffleFact>, SweepCommand?> Command)
    {
        public override string ToString() => Name;
    }

    [Property(MaxTest = 300)]
    public Property Any_commands_keep_the_sweep_sound() => Prop.ForAll(Moves(), moves =>
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

        CheckJournal(sweep.Events);
        var replayed = sweep.Events.Aggregate((SweepState?)null, (state, sweepEvent) => SweepState.Apply(state, sweepEvent, Some.Time));
        SimulatedSweep.Describe(replayed).ShouldBe(SimulatedSweep.Describe(sweep.StateOrNull));
    });

    [Property(MaxTest = 100)]
    public Property Whatever_happened_a_sweep_can_be_driven_to_completion() => Prop.ForAll(Moves(), moves =>
    {
        var sweep = new SimulatedSweep();
        foreach (var move in moves)
        {
            if (move.Command(sweep.StateOrNull, sweep.NextFact) is { } command)
            {
                sweep.Do(command);
            }
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

    /// <summary>By the events alone: nothing runs twice at once, and attempts of a shuffle strictly increase.</summary>
    private static void CheckJournal(IEnumerable<SweepEvent> events)
    {
        var running = new HashSet<int>();
        var attempts = new Dictionary<int, int>();
        foreach (var sweepEvent in events)
        {
            switch (sweepEvent)
            {
                case SessionStarted or SessionStopped:
                    running.Clear();
                    break;
                case ShuffleAssigned assigned:
                    running.Add(assigned.Shuffle).ShouldBeTrue();
                    assigned.Attempt.ShouldBeGreaterThan(attempts.GetValueOrDefault(assigned.Shuffle));
                    attempts[assigned.Shuffle] = assigned.Attempt;
                    break;
                case ShuffleReleased released:
                    running.Remove(released.Shuffle).ShouldBeTrue();
                    break;
                case FactRecorded { Fact: ShuffleEvaluated or AttemptFailed } ended:
                    running.Remove(ended.Fact.Shuffle).ShouldBeTrue();
                    break;
            }
        }
    }

    internal static Arbitrary<List<Move>> Moves()
    {
        var start =
            from shuffles in Gen.Choose(1, 4)
            from labels in Gen.SubListOf("fgsm", "weak", "strong")
            from spoiled in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true)))
            let attacks = labels.Select(label => Some.Attack(label, spoiled ? 0.9 : 0.1))
            let spec = Some.Spec with { Shuffles = shuffles, Attacks = [.. attacks] }
            select new Move($"start {shuffles} {string.Join('+', labels)}", (_, _) => Some.Start(spec));
        var honest =
            from index in Gen.Choose(0, 3)
            select new Move($"honest {index}", (state, next) => state is { Running.IsEmpty: false }
                ? new ReportFact(next(state.Running.Keys.ElementAt(index % state.Running.Count)))
                : null);
        var arbitrary =
            from shuffle in Gen.Choose(0, 5)
            from behind in Gen.Choose(-1, 2)
            from kind in Gen.Choose(0, 4)
            from epoch in Gen.Choose(0, 3)
            select new Move($"fact {kind} of {shuffle}, {behind} behind, epoch {epoch}", (state, _) =>
            {
                var attempt = (state?.HasShuffle(shuffle) == true ? state.Shuffle(shuffle).Attempt : 0) - behind;
                return new ReportFact(kind switch
                {
                    0 => Some.Epoch(shuffle, attempt, epoch),
                    1 => Some.Crafted(shuffle, attempt, epoch == 0 ? "weak" : "fgsm"),
                    2 => Some.Evaluated(shuffle, attempt, "fgsm"),
                    3 => new AttemptFailed(shuffle, attempt, "Full.", Retryable: true),
                    _ => new AttemptFailed(shuffle, attempt, "NaN.", Retryable: false),
                });
            });
        var assign = Gen.Constant(new Move("assign", (_, _) => new AssignNext()));
        var stop = Gen.Constant(new Move("stop", (_, _) => new StopSession()));
        var control = Gen.Elements<SweepCommand>(new PauseSweep(), new ResumeSweep(), new ResumeSweep(), new CancelSweep())
            .Select(command => new Move($"{command}", (_, _) => command));
        var release =
            from shuffle in Gen.Choose(1, 4)
            select new Move($"release {shuffle}", (state, _) =>
                state?.HasShuffle(shuffle) == true ? new ReleaseShuffle(shuffle, state.Shuffle(shuffle).Attempt) : null);
        var rerun =
            from shuffle in Gen.Choose(0, 4)
            from failed in Gen.Elements(true, false)
            from stage in Gen.Elements(null, "train", "attack", "attack:fgsm", "attack:weak", "evaluate")
            select new Move($"rerun {shuffle} {failed} {stage}", (_, _) => new RerunShuffles(shuffle == 0 ? null : [shuffle], failed, stage));
        return Gen.Frequency((4, start), (12, assign), (40, honest), (12, arbitrary), (2, stop), (2, control), (2, release), (2, rerun)).ListOf(80)
            .Select(moves => moves.ToList()).ToArbitrary();
    }
}
