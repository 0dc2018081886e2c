using System.Collections.Immutable;
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
    /// <param name="threads">Threads that share the work on each tile; the results do not depend on it.</param>
    public Network(NetworkDefinition definition, VectorWidth? width = null, int threads = 1)
    {
        Workers = new Workers(threads);
        Definition = definition;
        Width = width ?? VectorWidths.Widest;
        Nodes = NetworkGraph.Of(definition.Input, NetworkGraph.InFastestOrder(definition.Layers));
        _layers = new Layer[Nodes.Length];
        Width.Run(new LayerCreation(Nodes, _layers));
    }

    public NetworkDefinition Definition { get; }

    public ImageShape Shape => Definition.Input;

    public int Classes => Definition.Classes;

    /// <summary>The vector width that its kernels compute with.</summary>
    internal VectorWidth Width { get; }

    /// <summary>The graph that is run: the definition's, with layers in the order in which they are fastest.</summary>
    internal ImmutableArray<NetworkNode> Nodes { get; }

    /// <summary>The layers of the nodes.</summary>
    internal IReadOnlyList<Layer> Layers => _layers;

    /// <summary>The threads that share the work on each tile.</summary>
    internal Workers Workers { get; }

    /// <summary>Takes over these weights, by copying them into the order that the kernels read.</summary>
    public void Load(Parameters parameters)
    {
        foreach (var layer in _layers)
        {
            layer.ParametersChanged(parameters);
        }
    }

    /// <summary>Processor time so far of the threads that helped, in seconds.</summary>
    public double HelperSeconds => Workers.HelperSeconds;

    IClassifierTile IDifferentiableClassifier.CreateTile() => CreateTile();

    /// <summary>A workspace for one thread: room for 32 images and everything computed of them.</summary>
    public NetworkTile CreateTile() => new(this);

    /// <summary>Makes the layers of a network ready to run, in the vectors that it is run with.</summary>
    private readonly struct LayerCreation(ImmutableArray<NetworkNode> nodes, Layer[] layers) : IVectorized
    {
        public void Run<TOps, TVector>()
            where TOps : struct, ILaneOperations<TVector>
            where TVector : struct
        {
            foreach (var (i, node) in nodes.Index())
            {
                layers[i] = node.Layer is JoinDefinition join
                    ? join.Create<TOps, TVector>(node.Input, node.Output)
                    : node.Layer.Create<TOps, TVector>(node.Input);
            }
        }
    }
}
