using AdvFit.Analysis.Statistics;
using AdvFit.Messages;

namespace AdvFit.Experiments;

/// <summary>
/// Counts every subset's correct samples at every fit level. The adversarial set of an attack is what is left of the
/// examples that fool the network once those that Z-NN gets right are discarded (paper, section 4.1).
/// </summary>
internal sealed class NeighbourEvaluation(StageContext context, KnnSpec knn)
{
    /// <param name="network">The network that was attacked.</param>
    /// <param name="victim">What is to be said of that network.</param>
    /// <param name="train">Predictions of the train samples.</param>
    /// <param name="test">Predictions of the test samples.</param>
    /// <param name="sets">The examples of each attack that fool the network.</param>
    /// <param name="adversarial">Predictions of them, parallel to the sets.</param>
    public void Run(
        AttackedNetwork network, VictimChecks victim, KnnPredictions train, KnnPredictions test,
        IReadOnlyList<AdversarialSet> sets, IReadOnlyList<KnnPredictions> adversarial)
    {
        var clock = StageClock.Start();
        var levels = NeighbourLevels.Of(knn.Z);
        var outcome = new ShuffleOutcome(
            context.Assignment.Shuffle, levels, knn.Z,
            [
                Curve(Subsets.Train, train, _ => true),
                Curve(Subsets.Test, test, _ => true),
                Curve(Subsets.Fail, test, sample => !test.IsRight(level: 0, sample)),
                .. sets.Zip(adversarial, (set, found) => Curve(
                    set.Outcome.Attack, found, sample => !found.IsRight(level: 0, sample))),
            ],
            [.. sets.Zip(adversarial, Filter)])
        {
            Network = network,
            Victim = victim,
        };
        context.Report(new ShuffleEvaluated(
            context.Assignment.Shuffle, context.Assignment.Attempt, outcome, clock.Stop()));

        AccuracyCurve Curve(string subset, KnnPredictions predictions, Func<int, bool> belongs) => new(
            subset, Enumerable.Range(0, predictions.Labels.Length).Count(belongs),
            predictions.Correct(levels.Length, belongs));
    }

    private static AttackOutcome Filter(AdversarialSet set, KnnPredictions found)
    {
        int[] kept = [.. Enumerable.Range(0, set.Labels.Length).Where(sample => !found.IsRight(level: 0, sample))];
        return set.Outcome with
        {
            Transfer = new TransferOutcome(
                kept.Length, Distributions.Summarize(Array.ConvertAll(kept, sample => set.L2[sample])),
                Distributions.Summarize(Array.ConvertAll(kept, sample => set.Linf[sample]))),
        };
    }
}
