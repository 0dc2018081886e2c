using AdvFit.Learning.Networks.Layers;

namespace AdvFit.Learning.Networks.Catalog;

/// <summary>The wider LeNet, 20-50-500, that many papers of 2019 call LeNet-5, ReLU and max pooling.</summary>
internal static class WideLeNet5
{
    private static readonly Activation Relu = new(ActivationKind.Relu);

    private static readonly Pooling Halve = new(PoolingKind.Max, 2);

    public static NamedNetwork Network { get; } = new("lenet5-wide", (input, classes) =>
    [
        new Convolution("conv1", 20, 5, Padding: LeNet5.FirstPadding(input)), Relu, Halve,
        new Convolution("conv2", 50, 5), Relu, Halve,
        new Linear("fc1", 500), Relu, new Linear("fc2", classes),
    ]);
}
