using AdvFit.Learning.Networks.Layers;

namespace AdvFit.Learning.Networks.Catalog;

/// <summary>LeNet-5 with LeCun's layer sizes, 6-16-120-84 (LeCun et al. 1998), ReLU and max pooling.</summary>
internal static class LeNet5
{
    private static readonly Activation Relu = new(ActivationKind.Relu);

    private static readonly Pooling Halve = new(PoolingKind.Max, 2);

    public static NamedNetwork Network { get; } = new("lenet5", (input, classes) =>
    [
        new Convolution("conv1", 6, 5, Padding: FirstPadding(input)), Relu, Halve,
        new Convolution("conv2", 16, 5), Relu, Halve,
        new Linear("fc1", 120), Relu, new Linear("fc2", 84), Relu, new Linear("fc3", classes),
    ]);

    /// <summary>LeNet-5 was made for 32x32; 28x28 images are padded to that, as LeCun did.</summary>
    public static int FirstPadding(ImageShape input) => input is { Height: 28, Width: 28 } ? 2 : 0;
}
