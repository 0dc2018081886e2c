using AdvFit.Learning.Kernels;
using AdvFit.Learning.Networks;
using AdvFit.Learning.Networks.Layers;
using AdvFit.Learning.Training;
using AdvFit.Learning.Training.Optimizers;
using AdvFit.Messages;
using BenchmarkDotNet.Attributes;

namespace AdvFit.Kernels;

/// <summary>The first and the last kernel of a training step: bytes to a tile of floats, gradients to new weights.</summary>
public unsafe class AroundTheLayers : LenetBenchmark
{
    private readonly AlignedBuffer _tile = new(3 * 32 * 32 * Tile.Lanes);
    private byte[] _images = [];
    private Optimizer _optimizer = null!;

    [GlobalSetup(Targets = [nameof(Pixels), nameof(Adam)])]
    public void SetUpBoth()
    {
        SetUp();
        _images = new byte[Network.Shape.Length * Tile.Lanes];
        _optimizer = Optimizer.Create(Network.Definition, new TrainingSpec(1, Tile.Lanes, 0.003));
    }

    [Benchmark]
    public void Pixels()
    {
        var sources = stackalloc byte*[Tile.Lanes];
        fixed (byte* images = _images)
        {
            for (var lane = 0; lane < Tile.Lanes; lane++)
            {
                sources[lane] = images + lane * Network.Shape.Length;
            }

            Width.Run(new BytesToPixels(sources, Network.Shape.Length, _tile.Pointer));
        }
    }

    [Benchmark]
    public void Adam() => _optimizer.Step(Width, Weights, Gradients, 0.003);

    private protected override bool IsMeasured(LayerDefinition layer) => true;
}
