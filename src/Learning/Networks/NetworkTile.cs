using AdvFit.Learning.Kernels;
using AdvFit.Learning.Networks.Layers;

namespace AdvFit.Learning.Networks;

/// <summary>32 images on their way through a network. Nothing is allocated after construction. For one thread at a time.</summary>
public sealed unsafe class NetworkTile : IClassifierTile
{
    private readonly Network _network;
    private readonly LayerBuffers[] _buffers;
    private readonly AlignedBuffer _softmax = new(2 * Tile.Lanes);

    internal NetworkTile(Network network)
    {
        _network = network;
        _buffers = new LayerBuffers[network.Layers.Count];
        var values = new AlignedBuffer(network.Shape.Length * Tile.Lanes);
        var gradients = new AlignedBuffer(values.Length);
        (Input, InputGradient) = (values, gradients);
        for (var i = 0; i < _buffers.Length; i++)
        {
            var layer = network.Layers[i];
            var length = layer.Output.Length * Tile.Lanes;
            var output = layer.Definition.InPlace ? values : new AlignedBuffer(length);
            var outputGradient = layer.Definition.InPlace ? gradients : new AlignedBuffer(length);
            _buffers[i] = new LayerBuffers(
                values, output, gradients, outputGradient, new AlignedBuffer(layer.ScratchLength));
            (values, gradients) = (output, outputGradient);
        }

        (Output, OutputGradient) = (values, gradients);
    }

    public int Lanes => Tile.Lanes;

    public Span<float> Pixels => Input.Span;

    public ReadOnlySpan<float> Logits => Output.Span;

    public Span<float> LogitGradients => OutputGradient.Span;

    public ReadOnlySpan<float> PixelGradients => InputGradient.Span;

    private AlignedBuffer Input { get; }

    private AlignedBuffer InputGradient { get; }

    private AlignedBuffer Output { get; }

    private AlignedBuffer OutputGradient { get; }

    public void Forward()
    {
        for (var i = 0; i < _buffers.Length; i++)
        {
            _network.Layers[i].Forward(_buffers[i]);
        }
    }

    public void Backward()
    {
        for (var i = _buffers.Length - 1; i >= 0; i--)
        {
            _network.Layers[i].BackwardInput(_buffers[i]);
        }
    }

    /// <summary>
    /// Fills <see cref="LogitGradients"/> with the derivatives of the mean cross-entropy of a batch, and returns this
    /// tile's part of the sum of cross-entropies, in nats.
    /// </summary>
    /// <param name="labels">Class of each used lane; the gradients of the other lanes are zero.</param>
    /// <param name="batch">Images in the whole batch, of which this tile holds some.</param>
    public double CrossEntropy(ReadOnlySpan<byte> labels, int batch)
    {
        _network.Width.Run(
            new Softmax(Output.Pointer, _network.Classes, OutputGradient.Pointer, _softmax.Pointer));
        var logits = Output.Span;
        var gradients = OutputGradient.Span;
        var softmax = _softmax.Span;
        var loss = 0.0;
        for (var lane = 0; lane < labels.Length; lane++)
        {
            var at = labels[lane] * Tile.Lanes + lane;
            loss += PortableMath.Log(softmax[Tile.Lanes + lane]) + softmax[lane] - logits[at];
            gradients[at] -= 1;
        }

        for (var at = 0; at < gradients.Length; at++)
        {
            gradients[at] = at % Tile.Lanes < labels.Length ? gradients[at] / batch : 0;
        }

        return loss;
    }

    /// <summary>
    /// Overwrites <paramref name="gradients"/> with the derivatives by every parameter, summed over the lanes, from
    /// <see cref="LogitGradients"/>. Lanes that hold no sample must have zero logit gradients.
    /// </summary>
    public void BackwardParameters(Parameters gradients)
    {
        for (var i = _buffers.Length - 1; i >= 0; i--)
        {
            _network.Layers[i].BackwardParameters(_buffers[i], gradients);
            if (i > 0)
            {
                _network.Layers[i].BackwardInput(_buffers[i]);
            }
        }
    }

    /// <summary>What the tile holds of one layer.</summary>
    internal LayerBuffers BuffersOf(int layer) => _buffers[layer];

    /// <summary>Fills <see cref="Pixels"/> with bytes / 255 of 32 images.</summary>
    internal void Fill(byte** images) =>
        _network.Width.Run(new BytesToPixels(images, _network.Shape.Length, Input.Pointer));

    /// <summary>The class of the largest logit in a lane; the first one on a tie.</summary>
    public int Predicted(int lane)
    {
        var logits = Output.Span;
        var best = 0;
        for (var k = 1; k < _network.Classes; k++)
        {
            best = logits[k * Tile.Lanes + lane] > logits[best * Tile.Lanes + lane] ? k : best;
        }

        return best;
    }
}
