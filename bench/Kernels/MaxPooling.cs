using AdvFit.Learning.Networks.Layers;
using BenchmarkDotNet.Attributes;

namespace AdvFit.Kernels;

/// <summary>Max pooling behind the first convolution.</summary>
public class MaxPooling : LenetBenchmark
{
    [Benchmark]
    public void Forward() => RunForward();

    [Benchmark]
    public void InputGradient() => RunInputGradient();

    private protected override bool IsMeasured(LayerDefinition layer) => layer is Pooling;
}
