using AdvFit.Learning.Kernels;

namespace AdvFit.Learning.Networks;

/// <summary>
/// A network ready to run on the CPU engine. Tiles of one network may run on several threads at once, as long as nobody
/// calls <see cref="Load"/> meanwhile.
/// </summary>
public sealed class Network : IDifferentiableClassifier
{
    private readonly Layer[] _layers;

    /// <param name="definition">The layers.</param>
    /// <param name="width">The vector width to compute with; null for the machine's widest.</param>
    public Network(NetworkDefinition definition, VectorWidth? width = null)
    {
        Definition = definition;
        Kernels = LaneKernels.For(width ?? VectorWidths.Widest);
        _layers = [.. definition.Layers.Select((layer, i) => Compile(layer, definition.Shapes[i]))];
    }

    public NetworkDefinition Definition { get; }

    public ImageShape Shape => Definition.Input;

    public int Classes => Definition.Classes;

    internal LaneKernels Kernels { get; }

    internal IReadOnlyList<Layer> Layers => _layers;

    /// <summary>Takes over these weights, by copying them into the order that the kernels read.</summary>
    public void Load(Parameters parameters)
    {
        foreach (var layer in _layers)
        {
            layer.ParametersChanged(parameters);
        }
    }

    IClassifierTile IDifferentiableClassifier.CreateTile() => CreateTile();

    /// <summary>A workspace for one thread: room for 32 images and everything computed of them.</summary>
    public NetworkTile CreateTile() => new(this);

    private static Layer Compile(LayerDefinition definition, ImageShape input) => definition switch
    {
        Convolution convolution => new ConvolutionLayer(convolution, input),
        Linear linear => new LinearLayer(linear, input),
        Pooling pooling => new PoolingLayer(pooling, input),
        Activation activation => new ActivationLayer(activation.Kind, input),
        _ => throw new ArgumentException($"The CPU engine has no layer {definition.GetType().Name}."),
    };
}
