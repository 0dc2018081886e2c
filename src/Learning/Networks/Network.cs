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
        var input = definition.Input;
        _layers = [.. InFastestOrder(definition.Layers).Select(layer =>
        {
            var compiled = Compile(layer, input);
            input = compiled.Output;
            return compiled;
        })];
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

    /// <summary>
    /// ReLU and max pooling commute, to the bit, in values and in gradients; after pooling there is less to rectify.
    /// </summary>
    private static IEnumerable<LayerDefinition> InFastestOrder(IReadOnlyList<LayerDefinition> layers)
    {
        for (var i = 0; i < layers.Count; i++)
        {
            if (layers[i] is Activation { Kind: ActivationKind.Relu }
                && i + 1 < layers.Count && layers[i + 1] is Pooling { Kind: PoolingKind.Max })
            {
                yield return layers[i + 1];
                yield return layers[i++];
            }
            else
            {
                yield return layers[i];
            }
        }
    }

    private static Layer Compile(LayerDefinition definition, ImageShape input) => definition switch
    {
        Convolution convolution => new ConvolutionLayer(convolution, input),
        Linear linear => new LinearLayer(linear, input),
        Pooling pooling => new PoolingLayer(pooling, input),
        Activation activation => new ActivationLayer(activation.Kind, input),
        _ => throw new ArgumentException($"The CPU engine has no layer {definition.GetType().Name}."),
    };
}
