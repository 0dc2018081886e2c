using AdvFit.Experiments;
using AdvFit.Messages;

namespace AdvFit.Scale;

/// <summary>Does no work and reports what work would: what is left to measure is all that AdvFit adds to it.</summary>
internal sealed class SimulatedExecutor(SweepSpec spec) : IShuffleExecutor
{
    private static readonly Artifact File = new("shuffle-000001/epoch-01-0123456789ab.safetensors", new string('a', 64), 250_000);
    private static readonly StageCost Cost = new(1.2345678901, 1.2345678901);
    private static readonly Distribution Norms = new(1000, 0.5551234567, 0.2, 0.01, 0.3, 0.51, 0.7, 2.56);

    public void Run(
        ShuffleAssignment assignment, Action<ShuffleFact> report, Action<ShuffleProgress> progress,
        CancellationToken finishSafePoint, CancellationToken abandon)
    {
        var (shuffle, attempt, _) = assignment;
        for (var epoch = 1; epoch <= spec.Training.Epochs; epoch++)
        {
            report(new EpochTrained(shuffle, attempt, epoch, 0.123456789, 9000, 1500, File, File, File, Cost));
        }

        var outcome = new AttackOutcome(spec.Attacks[0].Label, 1500, 1000, Norms, Norms, 50_000, 5_000);
        report(new AttackCrafted(shuffle, attempt, outcome, File, File, Cost));
        report(new ShuffleEvaluated(
            shuffle, attempt,
            new ShuffleOutcome(
                shuffle, [.. Enumerable.Range(1, spec.Training.Epochs)], 1,
                [
                    new AccuracyCurve(Subsets.Train, 10_000, [.. Enumerable.Repeat(9000, spec.Training.Epochs)]),
                    new AccuracyCurve(Subsets.Test, 2_000, [.. Enumerable.Repeat(1500, spec.Training.Epochs)]),
                    new AccuracyCurve(Subsets.Fail, 500, [.. Enumerable.Repeat(0, spec.Training.Epochs)]),
                    new AccuracyCurve(outcome.Attack, outcome.Succeeded, [.. Enumerable.Repeat(0, spec.Training.Epochs)]),
                ],
                [outcome]),
            Cost));
    }
}
