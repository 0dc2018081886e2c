using System.Collections.Immutable;
using System.Diagnostics;
using AdvFit.Learning.Attacks;
using AdvFit.Learning.Data;
using AdvFit.Learning.Kernels;
using AdvFit.Learning.Networks;
using AdvFit.Learning.Randomness;
using AdvFit.Learning.Training;
using AdvFit.Learning.Training.Optimizers;
using AdvFit.Messages;

namespace AdvFit.Learning.Benchmarks;

/// <summary>What one attack takes on one core.</summary>
/// <param name="Attack">Its name.</param>
/// <param name="Profile">The set of its parameters.</param>
/// <param name="Images">Images attacked in one call.</param>
/// <param name="SecondsPerImage">Wall-clock time over <paramref name="Images"/>.</param>
/// <param name="SuccessRate">Share of the images that fool the network, in [0, 1].</param>
public sealed record AttackTiming(string Attack, string Profile, int Images, double SecondsPerImage, double SuccessRate);

/// <summary>
/// Measures every attack on real images that a network really tells apart: with random weights or images the boundaries are
/// next to the images, and attacks end sooner than in an experiment.
/// </summary>
public static class AttackBenchmark
{
    /// <summary>The data set that comes with the program.</summary>
    public const string Dataset = "fashion-mnist-mini";

    /// <summary>Training before the attacks: about a second.</summary>
    public const int Epochs = 2;

    private const string Profile = "paper";

    /// <summary>Most images attacked in one call: as many as in an experiment.</summary>
    private const int Images = 256;

    private const ulong Seed = 1;

    /// <summary>Trains the network, then measures every attack with the parameters of the paper.</summary>
    /// <param name="network">A name of the catalog.</param>
    /// <param name="budget">How long to measure each attack: until then, with more and more images.</param>
    /// <exception cref="DatasetException">The data set that comes with the program is missing.</exception>
    public static ImmutableArray<AttackTiming> Run(string network, VectorWidth width, TimeSpan budget)
    {
        var data = DatasetLoader.Load(DatasetFolders.Locate(null), Dataset);
        var images = new ByteImages(data);
        var trained = Train(network, width, data, images);
        int[] numbers = [.. RightlyPredicted(trained, images, data).Take(Images)];
        var pixels = new float[numbers.Length * data.Shape.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            images.CopyTo(numbers[i], pixels.AsSpan(i * data.Shape.Length, data.Shape.Length));
        }

        var labels = Array.ConvertAll(numbers, images.Label);
        return [.. AttackCatalog.Attacks.Select(attack => Measure(attack, trained, pixels, labels, budget))];
    }

    private static Network Train(string name, VectorWidth width, Dataset data, ByteImages images)
    {
        var training = new TrainingSpec(Epochs, Tile.Lanes, LearningRate: 0.003);
        var definition = NetworkCatalog.Create(name, data.Shape, data.Classes.Count);
        var trainer = new Trainer(
            new Network(definition, width), Parameters.Initialize(definition, Seed, shuffle: 1),
            Optimizer.Create(definition, training), training);
        for (var epoch = 1; epoch <= Epochs; epoch++)
        {
            int[] order = [.. Enumerable.Range(0, data.Train.Count)];
            new RandomStream(Seed, shuffle: 1, Trainer.EpochOrder, epoch).Shuffle<int>(order);
            trainer.Epoch(images, order);
        }

        return trainer.Network;
    }

    private static IEnumerable<int> RightlyPredicted(Network network, ByteImages images, Dataset data)
    {
        int[] test = [.. Enumerable.Range(data.Train.Count, data.Test.Count)];
        var predicted = new byte[test.Length];
        new Predictor(network).Predict(images, test, predicted);
        return test.Where((number, i) => predicted[i] == images.Label(number));
    }

    private static AttackTiming Measure(
        AttackDefinition attack, Network network, float[] pixels, byte[] labels, TimeSpan budget)
    {
        var profile = attack.Profiles.Single(known => known.Name == Profile);
        var created = attack.Create(profile.Parameters);
        var all = Stopwatch.StartNew();
        var fastest = Time(Math.Min(Tile.Lanes, labels.Length));
        while (all.Elapsed < budget)
        {
            // More images at once take less time each: a tile is refilled until the last of them is done.
            var next = Time(Math.Min(2 * fastest.Images, labels.Length));
            fastest = next.Images > fastest.Images || next.SecondsPerImage < fastest.SecondsPerImage ? next : fastest;
        }

        return fastest;

        AttackTiming Time(int count)
        {
            var start = Stopwatch.GetTimestamp();
            var result = created.Craft(network, pixels.AsSpan(0, count * network.Shape.Length), labels.AsSpan(0, count),
                SampleStreams.Numbered(count));
            return new AttackTiming(
                attack.Name, Profile, count, Stopwatch.GetElapsedTime(start).TotalSeconds / count,
                result.Success.Count(success => success) / (double)count);
        }
    }
}
