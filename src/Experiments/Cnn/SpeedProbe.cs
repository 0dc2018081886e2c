using System.Diagnostics;
using AdvFit.Learning.Networks;
using AdvFit.Learning.Training;

namespace AdvFit.Experiments.Cnn;

/// <summary>How fast this machine is just now with the network and the images of an experiment.</summary>
/// <param name="TrainedPerSecond">Images per second through training steps, in each of the slots.</param>
/// <param name="PredictedPerSecond">Images per second through forward passes, in each of the slots.</param>
public sealed record SpeedProbe(double TrainedPerSecond, double PredictedPerSecond)
{
    /// <summary>Spent first on what only the first passes need: compiling, bringing the images into the cache.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan Measurement = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Trains and predicts for well under a second, on as many threads at once as there are slots, since they share the
    /// machine. Nothing of it is kept.
    /// </summary>
    /// <param name="slots">Shuffles run at once; at least 1.</param>
    public static SpeedProbe Measure(CnnExperiment experiment, int slots)
    {
        var probes = new SpeedProbe[slots];
        var threads = Enumerable.Range(0, slots)
            .Select(slot => new Thread(() => probes[slot] = MeasureOne(experiment)) { IsBackground = true })
            .ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return new SpeedProbe(
            probes.Average(probe => probe.TrainedPerSecond), probes.Average(probe => probe.PredictedPerSecond));
    }

    /// <summary>Seconds that one shuffle takes at this speed.</summary>
    /// <param name="threads">Threads of its attacks; training has one.</param>
    public double SecondsFor(Workload work, int threads) =>
        work.TrainImages / TrainedPerSecond + work.PredictImages / PredictedPerSecond
        + work.AttackPasses / (threads * PredictedPerSecond);

    private static SpeedProbe MeasureOne(CnnExperiment experiment)
    {
        var training = experiment.Sweep.Training;
        var trainer = new Trainer(
            new Network(experiment.Network), Parameters.Initialize(experiment.Network, experiment.Sweep.Seed, shuffle: 1),
            new AdamOptimizer(experiment.Network, training), training);
        var predictor = new Predictor(trainer.Network);
        int[] batch = [.. Enumerable.Range(0, Math.Min(training.BatchSize, experiment.Images.Count))];
        return new SpeedProbe(
            batch.Length * RatePerSecond(() => trainer.Step(experiment.Images, batch)),
            batch.Length * RatePerSecond(() => predictor.Predict(experiment.Images, batch, [])));
    }

    private static double RatePerSecond(Action action)
    {
        Repeat(action, WarmUp);
        var clock = Stopwatch.StartNew();
        var count = Repeat(action, Measurement);
        return count / clock.Elapsed.TotalSeconds;
    }

    private static int Repeat(Action action, TimeSpan time)
    {
        var clock = Stopwatch.StartNew();
        var count = 0;
        do
        {
            action();
            count++;
        }
        while (clock.Elapsed < time);
        return count;
    }
}
