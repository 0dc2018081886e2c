using AdvFit.Learning.Kernels;
using AdvFit.Learning.Networks.Layers;
using AdvFit.Learning.Randomness;

namespace AdvFit.Learning.Networks;

/// <summary>
/// The forward and backward pass of a training step over some tiles, layer by layer, so that a layer can look at all of
/// their images at once. For one thread at a time.
/// </summary>
internal sealed class TrainingPass
{
    private readonly Network _network;
    private readonly TrainingBatch _batch;

    /// <param name="network">The network.</param>
    /// <param name="tiles">How many tiles there is room for.</param>
    /// <param name="weights">The weights in training; running statistics among them are updated.</param>
    public TrainingPass(Network network, int tiles, Parameters weights)
    {
        _network = network;
        Tiles = [.. Enumerable.Range(0, tiles).Select(_ => network.CreateTile())];
        _batch = new TrainingBatch(network, Tiles, weights, new Parameters(network.Definition)) { Gradients = weights };
    }

    /// <summary>The tiles, to be filled with images.</summary>
    public NetworkTile[] Tiles { get; }

    /// <summary>Begins a step with a stream of random draws of its own.</summary>
    public void Begin(RandomStream draws) => _batch.Draws = draws;

    /// <summary>Computes the logits of the images in the tiles.</summary>
    /// <param name="images">How many there are; the tiles are full but for the last one.</param>
    public void Forward(int images)
    {
        _batch.Images = images;
        for (var node = 0; node < _network.Layers.Count; node++)
        {
            _network.Layers[node].Forward(_batch);
        }
    }

    /// <summary>
    /// Overwrites <paramref name="gradients"/> with the derivatives by every parameter, summed over the images, from the
    /// tiles' <see cref="NetworkTile.LogitGradients"/>. Lanes that hold no image must have zero logit gradients.
    /// </summary>
    public void Backward(Parameters gradients)
    {
        _batch.Gradients = gradients;
        for (var node = _network.Layers.Count - 1; node >= 0; node--)
        {
            _network.Layers[node].BackwardParameters(_batch);
            if (_network.Nodes[node].Inputs is not [0])
            {
                _network.Layers[node].BackwardInput(_batch);
                foreach (var tile in Tiles.AsSpan(0, (_batch.Images + Tile.Lanes - 1) / Tile.Lanes))
                {
                    tile.AddSpares(node);
                }
            }
        }
    }
}
