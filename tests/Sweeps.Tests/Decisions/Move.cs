using System.Collections.Immutable;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;
using FsCheck;
using FsCheck.Fluent;

namespace AdvFit.Sweeps.Tests.Decisions;

/// <summary>A command as it depends on the sweep at the time.</summary>
internal sealed record Move(string Name, Func<SweepState?, Func<int, ShuffleFact>, SweepCommand?> Command)
{
    /// <summary>Does it, where it is one.</summary>
    public void Make(SimulatedSweep sweep)
    {
        if (Command(sweep.StateOrNull, sweep.NextFact) is { } command)
        {
            sweep.Do(command);
        }
    }

    public override string ToString() => Name;

    /// <summary>Many of them, most of which make sense.</summary>
    public static Arbitrary<List<Move>> Lists()
    {
        var start =
            from shuffles in Gen.Choose(1, 4)
            from labels in Gen.SubListOf("fgsm", "weak", "strong")
            from spoiled in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true)))
            from keep in Gen.Elements(default, new KeepPolicy(CheckpointsKept.None, AdversarialKept.None))
            let attacks = labels.Select(label => Some.Attack(label, spoiled ? 0.9 : 0.1))
            let spec = Some.Spec with { Shuffles = shuffles, Attacks = [.. attacks], Keep = keep }
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
        var free =
            from shuffle in Gen.Choose(1, 4)
            select new Move($"free {shuffle}", (_, _) => new FreeFiles(
                ImmutableSortedDictionary<int, ImmutableArray<string>>.Empty.Add(shuffle, ["c1-0123456789ab.bin"])));
        return Gen.Frequency((4, start), (12, assign), (40, honest), (12, arbitrary), (2, stop), (2, control), (2, release), (2, rerun), (2, free)).ListOf(80)
            .Select(moves => moves.ToList()).ToArbitrary();
    }
}
