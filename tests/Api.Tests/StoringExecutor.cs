using System.Text;
using AdvFit.Experiments;
using AdvFit.Messages;

namespace AdvFit.Api.Tests;

/// <summary>Reports what an honest executor would, in no time, with small files that are really there.</summary>
internal sealed class StoringExecutor(SweepSpec spec, IArtifactStore artifacts, Action<string> before) : IShuffleExecutor
{
    private static readonly Distribution Norms = new(6, 1, 0.5, 0.1, 0.4, 1, 1.5, 2);

    public void Run(
        ShuffleAssignment assignment, Action<ShuffleFact> report, Action<ShuffleProgress> progress,
        CancellationToken finishSafePoint, CancellationToken abandon)
    {
        var (shuffle, attempt, record) = assignment;
        for (var epoch = record.Of<EpochTrained>().Length + 1; epoch <= spec.Training.Epochs; epoch++)
        {
            progress(new ShuffleProgress(shuffle, "train", epoch, 20, 50, 0.5, 0.25));
            Do($"{shuffle}: epoch {epoch}", new EpochTrained(
                shuffle, attempt, epoch, 0.5, 40 + epoch, 6 + epoch, File("weights", epoch), File("optimizer", epoch),
                File("predictions", epoch), new StageCost(1, 2)));
        }

        foreach (var (label, i) in spec.Attacks.Select((attack, i) => (attack.Label, i)))
        {
            if (record.Of<AttackCrafted>().All(done => done.Outcome.Attack != label))
            {
                Do($"{shuffle}: {label}", new AttackCrafted(
                    shuffle, attempt, Outcome(label), File($"{label}-images", i), File($"{label}-samples", i), new StageCost(3, 4)));
            }
        }

        Do($"{shuffle}: evaluate", new ShuffleEvaluated(shuffle, attempt, Outcome(shuffle), new StageCost(5, 6)));

        Artifact File(string name, int number) => artifacts.Write(
            $"shuffle-{shuffle:00}/{name}-{number}", ".npy", Encoding.UTF8.GetBytes($"{name} {number} of {shuffle}"));

        void Do(string stage, ShuffleFact fact)
        {
            before(stage);
            finishSafePoint.ThrowIfCancellationRequested();
            report(fact);
        }
    }

    private static AttackOutcome Outcome(string label) => new(label, 8, 6, Norms, Norms, 80, 8);

    /// <summary>Of two epochs, the first of which is M.</summary>
    private ShuffleOutcome Outcome(int shuffle) => new(
        shuffle, [1, 2], 1,
        [
            new AccuracyCurve(Subsets.Train, 50, [41, 42]), new AccuracyCurve(Subsets.Test, 10, [8, 7]),
            new AccuracyCurve(Subsets.Fail, 2, [0, shuffle % 2]),
            .. spec.Attacks.Select(attack => new AccuracyCurve(attack.Label, 6, [0, 1 + shuffle % 3])),
        ],
        [.. spec.Attacks.Select(attack => Outcome(attack.Label))]);
}
