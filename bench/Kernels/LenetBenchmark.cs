using AdvFit.Learning;
using AdvFit.Learning.Kernels;
using AdvFit.Learning.Networks;
using AdvFit.Learning.Networks.Layers;
using AdvFit.Learning.Randomness;
using BenchmarkDotNet.Attributes;

namespace AdvFit.Kernels;

/// <summary>One layer of LeNet-5 on 32 random images of 3x32x32, after a forward and a backward pass.</summary>
public abstract class LenetBenchmark
{
    private NetworkTile _tile = null!;
    private int _layer;

    /// <summary>Vector width of the kernels.</summary>
    [ParamsSource(nameof(Widths))]
    public VectorWidth Width { get; set; }

    /// <summary>The vector widths that this processor has.</summary>
    public static IEnumerable<VectorWidth> Widths =>
        Enum.GetValues<VectorWidth>().Where(width => width <= VectorWidths.Widest);

    private protected Network Network { get; private set; } = null!;

    private protected Parameters Weights { get; private set; } = null!;

    private protected Parameters Gradients { get; private set; } = null!;

    private Layer Layer => Network.Layers[_layer];

    private LayerBuffers Buffers => _tile.BuffersOf(_layer);

    [GlobalSetup]
    public void SetUp()
    {
        var definition = NetworkCatalog.Create("lenet5", new ImageShape(3, 32, 32), 10);
        Weights = Parameters.Initialize(definition, seed: 1, shuffle: 1);
        Gradients = new Parameters(definition);
        Network = new Network(definition, Width);
        Network.Load(Weights);
        var pass = new TrainingPass(Network, 1, Weights);
        _tile = pass.Tiles[0];
        var random = new RandomStream(seed: 1, shuffle: 1, purpose: default);
        foreach (ref var pixel in _tile.Pixels)
        {
            pixel = random.NextSingle();
        }

        pass.Forward(Tile.Lanes);
        _tile.CrossEntropy(new byte[Tile.Lanes], Tile.Lanes);
        pass.Backward(Gradients);
        _layer = Enumerable.Range(0, Network.Layers.Count).First(i => IsMeasured(Network.Layers[i].Definition));
    }

    /// <summary>Which layer is measured: the first for which this holds.</summary>
    private protected abstract bool IsMeasured(LayerDefinition layer);

    private protected void RunForward() => Layer.Forward(Buffers);

    private protected void RunInputGradient() => Layer.BackwardInput(Buffers);

    private protected void RunWeightGradient() => Layer.BackwardParameters(Buffers, Gradients);
}
