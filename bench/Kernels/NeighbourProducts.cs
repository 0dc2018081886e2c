using AdvFit.Learning.Kernels;
using AdvFit.Learning.Neighbours;
using BenchmarkDotNet.Attributes;

namespace AdvFit.Kernels;

/// <summary>A block of 192 queries against a panel of 32 train images: what a search for neighbours does over and over.</summary>
public unsafe class NeighbourProducts
{
    private AlignedBuffer _levels = new(0), _pixels = new(0), _scores = new(0);
    private int _quads;

    /// <summary>Vector width of the kernels.</summary>
    [ParamsSource(nameof(Widths))]
    public VectorWidth Width { get; set; }

    /// <summary>Pixels of an image: MNIST's and CIFAR-10's.</summary>
    [Params(784, 3072)]
    public int Pixels { get; set; }

    /// <summary>The vector widths that this processor has.</summary>
    public static IEnumerable<VectorWidth> Widths => LenetBenchmark.Widths;

    [GlobalSetup]
    public void SetUp()
    {
        _quads = TrainPanels.QuadsOf(Pixels);
        _levels = new AlignedBuffer(QueryBlock.Most * _quads);
        _pixels = new AlignedBuffer(_quads * Tile.Lanes);
        _scores = new AlignedBuffer(QueryBlock.Most * Tile.Lanes);
    }

    [Benchmark]
    public void Products() => ByteMatrixProduct.Run(
        Width, (int*)_levels.Pointer, _quads, QueryBlock.Most, (int*)_pixels.Pointer, _quads, _scores.Pointer);
}
