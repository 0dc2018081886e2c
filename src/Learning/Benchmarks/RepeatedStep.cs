using AdvFit.Learning.Data;
using AdvFit.Learning.Kernels;
using AdvFit.Learning.Networks;
using AdvFit.Learning.Randomness;
using AdvFit.Learning.Training;
using AdvFit.Learning.Training.Optimizers;
using AdvFit.Messages;

namespace AdvFit.Learning.Benchmarks;

/// <summary>A training step on one batch of 32 random images, to be taken over and over. For one thread.</summary>
internal sealed class RepeatedStep
{
    public RepeatedStep(NetworkDefinition definition, VectorWidth width)
    {
        var training = new TrainingSpec(Epochs: 1, Tile.Lanes, LearningRate: 0.003);
        Trainer = new Trainer(
            new Network(definition, width), Parameters.Initialize(definition, seed: 1, shuffle: 1),
            Optimizer.Create(definition, training), training);
        Images = RandomImages(definition);
    }

    public Trainer Trainer { get; }

    /// <summary>The 32 images.</summary>
    public ByteImages Images { get; }

    /// <summary>Their numbers.</summary>
    public int[] Batch { get; } = [.. Enumerable.Range(0, Tile.Lanes)];

    public void Take() => Trainer.Step(Images, Batch);

    private static ByteImages RandomImages(NetworkDefinition definition)
    {
        var random = new RandomStream(seed: 1, shuffle: 1, purpose: default);
        var pixels = new byte[Tile.Lanes * definition.Input.Length];
        foreach (ref var pixel in pixels.AsSpan())
        {
            pixel = (byte)random.NextBits();
        }

        var images = new ImageSet(definition.Input, pixels, new byte[Tile.Lanes]);
        var nothing = new ImageSet(definition.Input, [], []);
        var provenance = new DataProvenance("random", Tile.Lanes, 0, "", []);
        return new ByteImages(new Dataset(provenance, [.. Enumerable.Repeat("", definition.Classes)], images, nothing));
    }
}
