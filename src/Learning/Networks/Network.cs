using AdvFit.Learning.Kernels;
using AdvFit.Learning.Networks.Layers;

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
        Width = width ?? VectorWidths.Widest;
        _layers = new Layer[definition.Layers.Count];
        Width.Run(new LayerCreation(definition, _layers));
    }

    public NetworkDefinition Definition { get; }

    public ImageShape Shape => Definition.Input;

    public int Classes => Definition.Classes;

    /// <summary>The vector width that its kernels compute with.</summary>
    internal VectorWidth Width { get; }

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

    private static IEnumerable<LayerDefinition> InFastestOrder(IReadOnlyList<LayerDefinition> layers)
    {
        for (var i = 0; i < layers.Count; i++)
        {
            if (i + 1 < layers.Count && layers[i].IsFasterBehind(layers[i + 1]))
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

    /// <summary>Makes the layers of a network ready to run, in the vectors that it is run with.</summary>
    private readonly struct LayerCreation(NetworkDefinition network, Layer[] layers) : IVectorized
    {
        public void Run<TOps, TVector>()
            where TOps : struct, ILaneOperations<TVector>
            where TVector : struct
        {
            var input = network.Input;
            foreach (var (i, definition) in InFastestOrder(network.Layers).Index())
            {
                layers[i] = definition.Create<TOps, TVector>(input);
                input = layers[i].Output;
            }
        }
    }
}
