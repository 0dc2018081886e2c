using AdvFit.Learning.Kernels;
using AdvFit.Learning.Randomness;

namespace AdvFit.Learning.Networks.Layers;

/// <summary>Images that take one training step together: some tiles of them, of which the last may be partly used.</summary>
/// <param name="network">The network.</param>
/// <param name="tiles">The tiles; filled with images before the step.</param>
/// <param name="weights">The weights in training.</param>
/// <param name="tileGradients">Room for the gradients of one tile.</param>
internal sealed class TrainingBatch(Network network, NetworkTile[] tiles, Parameters weights, Parameters tileGradients)
{
    private readonly Dictionary<Layer, LayerBuffers[]> _buffers = network.Layers.Index().ToDictionary(
        layer => layer.Item, layer => tiles.Select(tile => tile.BuffersOf(layer.Index)).ToArray());

    /// <summary>Random draws of this step.</summary>
    public RandomStream Draws;

    /// <summary>Images in use.</summary>
    public int Images { get; set; }

    /// <summary>The weights in training; running statistics among them are updated by the forward pass.</summary>
    public Parameters Weights => weights;

    /// <summary>Derivatives of the loss by the weights.</summary>
    public required Parameters Gradients { get; set; }

    /// <summary>Room for the gradients of one tile.</summary>
    public Parameters TileGradients => tileGradients;

    /// <summary>What the tiles in use hold of a layer.</summary>
    public ReadOnlySpan<LayerBuffers> Of(Layer layer) => _buffers[layer].AsSpan(0, (Images + Tile.Lanes - 1) / Tile.Lanes);

    /// <summary>Lanes of a tile that hold an image.</summary>
    public int UsedLanes(int tile) => Math.Min(Tile.Lanes, Images - tile * Tile.Lanes);
}
