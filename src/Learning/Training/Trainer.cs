using AdvFit.Learning.Kernels;
using AdvFit.Learning.Networks;
using AdvFit.Learning.Randomness;
using AdvFit.Learning.Training.Optimizers;
using AdvFit.Messages;

namespace AdvFit.Learning.Training;

/// <summary>
/// Trains one network with mini-batches of any size, in tiles of 32 images. Works on one thread and allocates nothing
/// per step.
/// </summary>
public sealed class Trainer
{
    /// <summary>Order of the train samples; the sample is the epoch.</summary>
    public static readonly Purpose EpochOrder = new(4);

    private readonly TrainingSpec _training;
    private readonly TrainingPass _pass;
    private readonly Parameters _gradients, _laterGradients;
    private readonly ulong _seed;
    private readonly int _shuffle;
    private readonly byte[] _labels;

    /// <summary>What dropout drops; the sample is the step.</summary>
    private static readonly Purpose Dropped = new(8);

    /// <param name="network">The network; the trainer loads the weights into it after every step.</param>
    /// <param name="weights">The weights to train, in place.</param>
    /// <param name="seed">Seed of the random draws of training, such as dropout's.</param>
    /// <param name="shuffle">Number of the shuffle, which they depend on, too.</param>
    public Trainer(
        Network network, Parameters weights, Optimizer optimizer, TrainingSpec training, ulong seed = 0, int shuffle = 0)
    {
        (Network, Weights, Optimizer, _training) = (network, weights, optimizer, training);
        (_seed, _shuffle, LearningRate) = (seed, shuffle, training.LearningRate);
        // Tiles of which no image sees another take their passes one after the other, in the same memory.
        var tiles = network.Definition.HasBatchStatistics ? (training.BatchSize + Tile.Lanes - 1) / Tile.Lanes : 1;
        _pass = new TrainingPass(network, tiles, weights);
        _gradients = new Parameters(network.Definition);
        _laterGradients = new Parameters(network.Definition);
        _labels = new byte[tiles * Tile.Lanes];
        network.Load(weights);
    }

    public Network Network { get; }

    public Parameters Weights { get; }

    public Optimizer Optimizer { get; }

    /// <summary>Learning rate of the next steps.</summary>
    public double LearningRate { get; set; }

    /// <summary>Gradients of the mean cross-entropy of the last batch.</summary>
    public Parameters Gradients => _gradients;

    /// <summary>One step of the optimiser on one batch.</summary>
    /// <param name="images">Where the pixels and labels come from.</param>
    /// <param name="batch">Numbers of the images in the batch.</param>
    /// <returns>Sum of the cross-entropies of the batch before the step, in nats.</returns>
    public double Step(IImageSource images, ReadOnlySpan<int> batch)
    {
        var loss = 0.0;
        _pass.Begin(new RandomStream(_seed, _shuffle, Dropped, (int)Optimizer.Steps));
        var room = _pass.Tiles.Length * Tile.Lanes;
        for (var start = 0; start < batch.Length; start += room)
        {
            var part = batch[start..Math.Min(start + room, batch.Length)];
            loss += Pass(images, part, batch.Length);
            _pass.Backward(start == 0 ? _gradients : _laterGradients);
            if (start > 0)
            {
                Sums.Add(_laterGradients.Values, _gradients.Values);
            }
        }

        Optimizer.Step(Network.Width, Weights, _gradients, LearningRate);
        Network.Load(Weights);
        return loss;
    }

    /// <summary>One pass over the samples in the given order; the last batch may be smaller.</summary>
    /// <param name="order">Numbers of the images.</param>
    /// <param name="progress">Called after every step with the number of images done.</param>
    /// <returns>Mean cross-entropy in nats, each batch before its step.</returns>
    public double Epoch(
        IImageSource images, ReadOnlySpan<int> order, Action<int>? progress = null,
        CancellationToken cancellation = default)
    {
        var loss = 0.0;
        for (var start = 0; start < order.Length; start += _training.BatchSize)
        {
            cancellation.ThrowIfCancellationRequested();
            var end = Math.Min(start + _training.BatchSize, order.Length);
            loss += Step(images, order[start..end]);
            progress?.Invoke(end);
        }

        return loss / order.Length;
    }

    /// <summary>The forward pass of as many images as the tiles hold; returns their part of the sum of cross-entropies.</summary>
    private double Pass(IImageSource images, ReadOnlySpan<int> part, int batch)
    {
        for (var start = 0; start < part.Length; start += Tile.Lanes)
        {
            var numbers = part[start..Math.Min(start + Tile.Lanes, part.Length)];
            images.Fill(_pass.Tiles[start / Tile.Lanes], numbers, _labels.AsSpan(start, numbers.Length));
        }

        _pass.Forward(part.Length);
        var loss = 0.0;
        for (var start = 0; start < part.Length; start += Tile.Lanes)
        {
            var length = Math.Min(Tile.Lanes, part.Length - start);
            loss += _pass.Tiles[start / Tile.Lanes].CrossEntropy(_labels.AsSpan(start, length), batch);
        }

        return loss;
    }
}
