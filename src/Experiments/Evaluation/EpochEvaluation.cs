using System.Collections.Immutable;
using AdvFit.Learning.Training;
using AdvFit.Messages;

namespace AdvFit.Experiments;

/// <summary>Measures every subset with the checkpoint of every epoch.</summary>
internal sealed class EpochEvaluation(StageContext context)
{
    private readonly ExperimentMaterials _materials = context.Materials;

    /// <param name="epochs">Every epoch.</param>
    /// <param name="reference">M.</param>
    /// <param name="predictions">Predicted class of each test sample after each epoch, [epoch][sample].</param>
    /// <param name="labels">True class of each test sample.</param>
    /// <param name="rightAtReference">Whether epoch M classifies each test sample correctly.</param>
    /// <param name="sets">The adversarial examples of each attack.</param>
    /// <param name="victim">What is to be said of the network of epoch M.</param>
    public void Run(
        IReadOnlyList<EpochTrained> epochs, int reference, byte[][] predictions, byte[] labels, bool[] rightAtReference,
        IReadOnlyList<AdversarialSet> sets, VictimChecks victim)
    {
        var clock = StageClock.Start();
        var adversarial = MeasureAdversarial(epochs, sets, clock);
        var fail = predictions.Select(predicted => Enumerable.Range(0, labels.Length)
            .Count(sample => !rightAtReference[sample] && predicted[sample] == labels[sample]));
        ImmutableArray<AccuracyCurve> curves =
        [
            new(Subsets.Train, context.Split.Train.Length, [.. epochs.Select(epoch => epoch.TrainCorrect)]),
            new(Subsets.Test, context.Split.Test.Length, [.. epochs.Select(epoch => epoch.TestCorrect)]),
            new(Subsets.Fail, rightAtReference.Count(right => !right), [.. fail]),
            .. sets.Select((set, i) => new AccuracyCurve(
                set.Outcome.Attack, set.Labels.Length, [.. adversarial.Select(correct => correct[i])])),
        ];
        var outcome = new ShuffleOutcome(
            context.Assignment.Shuffle, [.. epochs.Select(epoch => epoch.Epoch)], reference, curves,
            [.. sets.Select(set => set.Outcome)])
        {
            Victim = victim,
        };
        context.Report(new ShuffleEvaluated(
            context.Assignment.Shuffle, context.Assignment.Attempt, outcome, clock.Stop()));
    }

    /// <summary>Correctly classified adversarial examples, [epoch][attack].</summary>
    private int[][] MeasureAdversarial(
        IReadOnlyList<EpochTrained> epochs, IReadOnlyList<AdversarialSet> sets, StageClock clock)
    {
        var correct = new int[epochs.Count][];
        var (done, work) = (0, epochs.Count * sets.Sum(set => (double)set.Labels.Length));
        Chunks.ForEach(epochs.Count, context.Threads, clock.AddCpuSeconds, i =>
        {
            var network = _materials.LoadNetwork(context.Read(epochs[i].Checkpoint), epochs[i].Checkpoint.Path);
            var predictor = new Predictor(network);
            correct[i] = [.. sets.Select(set => predictor.Predict(
                new FloatImages(set.Pixels, set.Labels, network.Shape.Length),
                [.. Enumerable.Range(0, set.Labels.Length)], [], context.Abandon))];
            context.Progress("evaluate", null, Interlocked.Increment(ref done), epochs.Count, work);
        }, context.Abandon);
        return correct;
    }
}
