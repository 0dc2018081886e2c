using AdvFit.Learning.Formats;
using AdvFit.Learning.Networks;
using AdvFit.Learning.Randomness;
using AdvFit.Learning.Training;
using AdvFit.Learning.Training.Optimizers;

namespace AdvFit.Experiments;

/// <summary>Trains epoch by epoch; after each, saves a checkpoint and measures train and test accuracy with it.</summary>
internal sealed class NetworkTraining(StageContext context)
{
    private readonly ExperimentMaterials _materials = context.Materials;
    private readonly int _shuffle = context.Assignment.Shuffle;

    /// <summary>The epochs 1 to the last, as recorded or as trained just now.</summary>
    public IReadOnlyList<EpochTrained> Run()
    {
        var training = _materials.Sweep.Training;
        var epochs = Intact(context.Assignment.Record.Of<EpochTrained>().AsSpan(), training.Epochs);
        var (train, test) = (context.Split.Train, context.Split.Test);
        var work = Workload.OfEpoch(train.Length, test.Length);
        context.Complete(work * epochs.Count, epochs.Count == 0 ? null : (double)epochs[^1].TestCorrect / test.Length);
        if (epochs.Count == training.Epochs)
        {
            return epochs;
        }

        var weights = epochs.Count == 0
            ? Parameters.Initialize(_materials.Network, _materials.Sweep.Seed, _shuffle)
            : new Parameters(_materials.Network);
        var optimizer = Optimizer.Create(_materials.Network, training);
        if (epochs.Count > 0)
        {
            WeightsFile.Load(context.Read(epochs[^1].Checkpoint), epochs[^1].Checkpoint.Path, weights);
            OptimizerFile.Load(context.Read(epochs[^1].Optimizer), epochs[^1].Optimizer.Path, optimizer);
        }

        var trainer = new Trainer(
            _materials.CreateNetwork(context.Threads), weights, optimizer, training, _materials.Sweep.Seed, _shuffle);
        var predictor = new Predictor(trainer.Network);
        while (epochs.Count < training.Epochs)
        {
            var epoch = Train(trainer, predictor, epochs.Count + 1, work);
            context.Complete(work, (double)epoch.TestCorrect / test.Length);
            context.Report(epoch);
            if (epochs.Count > 0)
            {
                // Only the last epoch's optimiser state is ever needed, and it is twice the size of the weights.
                context.Artifacts.Delete(epochs[^1].Optimizer);
            }

            epochs.Add(epoch);
        }

        return epochs;
    }

    private EpochTrained Train(Trainer trainer, Predictor predictor, int epoch, double work)
    {
        var clock = StageClock.Start();
        var helped = trainer.Network.HelperSeconds;
        var (train, test) = (context.Split.Train, context.Split.Test);
        var order = (int[])train.Clone();
        new RandomStream(_materials.Sweep.Seed, _shuffle, Trainer.EpochOrder, epoch).Shuffle(order.AsSpan());
        trainer.LearningRate = LearningRates.Of(_materials.Sweep.Training, epoch);
        var loss = trainer.Epoch(
            _materials.Images, order, done => context.Progress("train", epoch, done, order.Length, work),
            context.Abandon);
        if (!double.IsFinite(loss) || !trainer.Weights.AllFinite())
        {
            throw new ExperimentException(
                $"Training diverged in epoch {epoch} (mean loss {loss}); "
                + "a smaller learning_rate may help.");
        }

        var predictions = new byte[test.Length];
        var trainCorrect = predictor.Predict(_materials.Images, train, [], context.Abandon);
        var testCorrect = predictor.Predict(_materials.Images, test, predictions, context.Abandon);
        clock.AddCpuSeconds(trainer.Network.HelperSeconds - helped);
        return new EpochTrained(
            _shuffle, context.Assignment.Attempt, epoch, loss, trainCorrect, testCorrect,
            context.Write($"epoch-{epoch:00}", ".safetensors", WeightsFile.Write(trainer.Weights)),
            context.Write($"epoch-{epoch:00}-optimizer", ".safetensors", OptimizerFile.Write(trainer.Optimizer)),
            context.Write(
                $"epoch-{epoch:00}-predictions", ".npy", Npy.Write(new NpyArray<byte>([predictions.Length], predictions))),
            clock.Stop());
    }

    /// <summary>
    /// The recorded epochs that can be taken over: every file of them is intact, and where more are to follow, so is the
    /// optimiser state of the last. The others are trained again; the same seed gives the same weights.
    /// </summary>
    private List<EpochTrained> Intact(ReadOnlySpan<EpochTrained> recorded, int wanted)
    {
        var count = 0;
        while (count < recorded.Length
            && context.Artifacts.TryRead(recorded[count].Checkpoint, out _)
            && context.Artifacts.TryRead(recorded[count].Predictions, out _))
        {
            count++;
        }

        while (count > 0 && count < wanted && !context.Artifacts.TryRead(recorded[count - 1].Optimizer, out _))
        {
            count--;
        }

        var intact = recorded[..count];
        foreach (var epoch in intact[..Math.Max(0, count - 1)])
        {
            // A crash may have come between the next epoch's record and the deletion.
            context.Artifacts.Delete(epoch.Optimizer);
        }

        return [.. intact];
    }
}
