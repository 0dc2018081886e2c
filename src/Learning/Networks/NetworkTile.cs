using AdvFit.Learning.Kernels;
using AdvFit.Learning.Networks.Layers;

namespace AdvFit.Learning.Networks;

/// <summary>32 images on their way through a network. Nothing is allocated after construction. For one thread at a time.</summary>
public sealed unsafe class NetworkTile : IClassifierTile
{
    private readonly Network _network;
    private readonly LayerBuffers[] _buffers;
    private readonly AlignedBuffer _softmax = new(2 * Tile.Lanes);

    /// <summary>For each node: into which gradients what it wrote into spare room is added, see <see cref="Rooms"/>.</summary>
    private readonly (AlignedBuffer Spare, AlignedBuffer Total)[][] _added;

    internal NetworkTile(Network network)
    {
        _network = network;
        var rooms = new Rooms(network);
        _buffers = [.. Enumerable.Range(0, network.Layers.Count).Select(rooms.BuffersOf)];
        _added = [.. Enumerable.Range(0, network.Layers.Count).Select(rooms.AddedBy)];
        (Input, InputGradient) = (rooms.Values[0], rooms.Gradients[0]);
        (Output, OutputGradient) = (rooms.Values[^1], rooms.Gradients[^1]);
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
            AddSpares(i);
        }
    }

    /// <summary>Adds what a node gave to values that later nodes read as well.</summary>
    internal void AddSpares(int node)
    {
        foreach (var (spare, total) in _added[node])
        {
            _network.Width.Run(new Addend(spare, total));
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
