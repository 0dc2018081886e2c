using AdvFit.Learning.Networks.Layers;
using BenchmarkDotNet.Attributes;

namespace AdvFit.Kernels;

/// <summary>Both convolutions and the largest linear layer.</summary>
public class WeightedLayers : LenetBenchmark
{
    /// <summary>Name of the layer.</summary>
    [Params("conv1", "conv2", "fc1")]
    public string Name { get; set; } = "";

    [Benchmark]
    public void Forward() => RunForward();

    [Benchmark]
    public void InputGradient() => RunInputGradient();

    [Benchmark]
    public void WeightGradient() => RunWeightGradient();

    private protected override bool IsMeasured(LayerDefinition layer) =>
        layer is WeightedLayerDefinition weighted && weighted.Name == Name;
}
