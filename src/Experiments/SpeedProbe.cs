using System.Diagnostics;
using AdvFit.Learning.Data;
using AdvFit.Learning.Data.Splitting;
using AdvFit.Learning.Neighbours;
using AdvFit.Learning.Networks;
using AdvFit.Learning.Training;
using AdvFit.Learning.Training.Optimizers;
using AdvFit.Messages;

namespace AdvFit.Experiments;

/// <summary>Measures how fast this machine is at present with the network and the images of a sweep.</summary>
/// <param name="TrainedPerSecond">Images per second through training steps, in each of the slots.</param>
/// <param name="PredictedPerSecond">Images per second through forward passes, in each of the slots.</param>
/// <param name="Neighbours">k-NN experiments: what a small search for neighbours showed; else null.</param>
public sealed record SpeedProbe(double TrainedPerSecond, double PredictedPerSecond, NeighbourProbe? Neighbours)
{
    private const int MostTrain = 1 << 13, MostQueries = 1 << 8;

    /// <summary>Spent first on what only the first passes need: compiling, bringing the images into the cache.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan Measurement = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Trains, predicts and searches for about a second, on as many threads at once as there are slots, since they share the
    /// machine. Nothing of it is kept.
    /// </summary>
    /// <param name="materials">What its shuffles work with.</param>
    /// <param name="slots">Shuffles run at once; at least 1.</param>
    public static SpeedProbe Measure(ExperimentMaterials materials, int slots)
    {
        var probes = new SpeedProbe[slots];
        var threads = Enumerable.Range(0, slots)
            .Select(slot => new Thread(() => probes[slot] = MeasureOne(materials)) { IsBackground = true })
            .ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return new SpeedProbe(
            probes.Average(probe => probe.TrainedPerSecond), probes.Average(probe => probe.PredictedPerSecond),
            probes[0].Neighbours is { } first
                ? first with { DistancesPerSecond = probes.Average(probe => probe.Neighbours!.DistancesPerSecond) }
                : null);
    }

    /// <summary>Seconds that one shuffle takes at this speed.</summary>
    /// <param name="materials">What it works with.</param>
    /// <param name="threads">Threads of its attacks and searches; training has one.</param>
    public double SecondsFor(ExperimentMaterials materials, int threads)
    {
        var work = Workload.Of(
            materials, Neighbours is null ? null : (int)Math.Ceiling(Neighbours.Accuracy * materials.TestCount));
        return work.TrainImages / TrainedPerSecond + work.PredictImages / PredictedPerSecond
            + work.AttackPasses / (threads * PredictedPerSecond)
            + (Neighbours is null ? 0 : work.Distances / (threads * Neighbours.DistancesPerSecond));
    }

    private static SpeedProbe MeasureOne(ExperimentMaterials materials)
    {
        var training = materials.Sweep.Training;
        var trainer = new Trainer(
            materials.CreateNetwork(), Parameters.Initialize(materials.Network, materials.Sweep.Seed, shuffle: 1),
            Optimizer.Create(materials.Network, training), training);
        var predictor = new Predictor(trainer.Network);
        int[] batch = [.. Enumerable.Range(0, Math.Min(training.BatchSize, materials.Images.Count))];
        return new SpeedProbe(
            batch.Length * RatePerSecond(() => trainer.Step(materials.Images, batch)),
            batch.Length * RatePerSecond(() => predictor.Predict(materials.Images, batch, [])),
            materials.Sweep.Knn is { } knn ? MeasureNeighbours(materials, knn) : null);
    }

    private static NeighbourProbe MeasureNeighbours(ExperimentMaterials materials, KnnSpec knn)
    {
        var (train, test) = StratifiedShuffle.Split(
            materials.Data, materials.Sweep.Seed, shuffle: 1,
            new Subsample(Math.Min(MostTrain, materials.TrainCount), Math.Min(MostQueries, materials.TestCount)));
        var search = new NearestNeighbours(new PooledImages(materials.Data), train);
        var z = Math.Min(knn.Z, train.Length);
        var rate = RatePerSecond(() => search.Find(test, z, threads: 1));
        var predicted = Vote.Winners(
            search.Find(test, z, threads: 1), z, Array.ConvertAll(train, materials.Images.Label), z, VoteTies.Smallest);
        return new NeighbourProbe(
            rate * train.Length * test.Length,
            test.Where((image, i) => predicted[i] == materials.Images.Label(image)).Count() / (double)test.Length);
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

/// <summary>A small search for neighbours.</summary>
/// <param name="DistancesPerSecond">Distances between two images per second, on one thread in each of the slots.</param>
/// <param name="Accuracy">Share of test samples that Z-NN gets right, in [0, 1]: at most so many can be attacked.</param>
public sealed record NeighbourProbe(double DistancesPerSecond, double Accuracy);
