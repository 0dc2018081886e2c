using System.Collections.Concurrent;
using AdvFit.Experiments;
using AdvFit.Messages;

namespace AdvFit.Sweeps.Tests.Local;

/// <summary>Reports what an honest executor would, in no time, and remembers which stages it did.</summary>
internal sealed class FakeExecutor(SweepSpec spec) : IShuffleExecutor
{
    public ConcurrentQueue<string> Stages { get; } = [];

    /// <summary>Called before each stage, to fail or stop there.</summary>
    public Action<string> Before { get; set; } = _ => { };

    public void Run(
        ShuffleAssignment assignment, Action<ShuffleFact> report, Action<ShuffleProgress> progress,
        CancellationToken finishSafePoint, CancellationToken abandon)
    {
        var (shuffle, attempt, record) = assignment;
        for (var epoch = record.Of<EpochTrained>().Length + 1; epoch <= spec.Training.Epochs; epoch++)
        {
            Do($"{shuffle}: epoch {epoch}", Some.Epoch(shuffle, attempt, epoch));
            progress(new ShuffleProgress(shuffle, "train", epoch, 50, 50, 0.7, 0.5));
        }

        foreach (var label in spec.Attacks.Select(attack => attack.Label))
        {
            if (record.Of<AttackCrafted>().All(done => done.Outcome.Attack != label))
            {
                Do($"{shuffle}: {label}", Some.Crafted(shuffle, attempt, label));
            }
        }

        Do($"{shuffle}: evaluate", Some.Evaluated(shuffle, attempt, [.. spec.Attacks.Select(attack => attack.Label)]));

        void Do(string stage, ShuffleFact fact)
        {
            finishSafePoint.ThrowIfCancellationRequested();
            Before(stage);
            Stages.Enqueue(stage);
            report(fact);
        }
    }
}
