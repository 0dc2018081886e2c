using AdvFit.Learning.Kernels;
using AdvFit.Learning.Networks;
using AdvFit.Learning.Randomness;
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
    private readonly NetworkTile _tile;
    private readonly Parameters _gradients, _tileGradients;
    private readonly byte[] _labels = new byte[Tile.Lanes];

    /// <param name="network">The network; the trainer loads the weights into it after every step.</param>
    /// <param name="weights">The weights to train, in place.</param>
    public Trainer(Network network, Parameters weights, AdamOptimizer optimizer, TrainingSpec training)
    {
        (Network, Weights, Optimizer, _training) = (network, weights, optimizer, training);
        _tile = network.CreateTile();
        _gradients = new Parameters(network.Definition);
        _tileGradients = new Parameters(network.Definition);
        network.Load(weights);
    }

    public Network Network { get; }

    public Parameters Weights { get; }

    public AdamOptimizer Optimizer { get; }

    /// <summary>Gradients of the mean cross-entropy of the last batch.</summary>
    public Parameters Gradients => _gradients;

    /// <summary>One step of Adam on one batch.</summary>
    /// <param name="images">Where the pixels and labels come from.</param>
    /// <param name="batch">Numbers of the images in the batch.</param>
    /// <returns>Sum of the cross-entropies of the batch before the step, in nats.</returns>
    public double Step(IImageSource images, ReadOnlySpan<int> batch)
    {
        var loss = 0.0;
        for (var start = 0; start < batch.Length; start += Tile.Lanes)
        {
            var part = batch[start..Math.Min(start + Tile.Lanes, batch.Length)];
            var labels = _labels.AsSpan(0, part.Length);
            images.Fill(_tile, part, labels);
            _tile.Forward();
            loss += _tile.CrossEntropy(labels, batch.Length);
            _tile.BackwardParameters(start == 0 ? _gradients : _tileGradients);
            if (start > 0)
            {
                Add(_tileGradients.Values, _gradients.Values);
            }
        }

        Optimizer.Step(Network.Width, Weights, _gradients);
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

    private static void Add(ReadOnlySpan<float> source, Span<float> target)
    {
        for (var i = 0; i < source.Length; i++)
        {
            target[i] += source[i];
        }
    }
}
