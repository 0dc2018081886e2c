namespace AdvFit.Learning.Networks;

/// <summary>The networks that a spec can name.</summary>
public static class NetworkCatalog
{
    private static readonly Activation Relu = new(ActivationKind.Relu);

    private static readonly Pooling Halve = new(PoolingKind.Max, 2, 2);

    private static readonly Dictionary<string, (string Description, Func<ImageShape, int, LayerDefinition[]> Layers)> Networks =
        new(StringComparer.Ordinal)
        {
            ["lenet5"] = (
                "LeNet-5 with LeCun's layer sizes, 6-16-120-84 (LeCun et al. 1998), ReLU and max pooling",
                (input, classes) =>
                [
                    new Convolution("conv1", 6, 5, Padding: FirstPadding(input)), Relu, Halve,
                    new Convolution("conv2", 16, 5), Relu, Halve,
                    new Linear("fc1", 120), Relu, new Linear("fc2", 84), Relu, new Linear("fc3", classes),
                ]),
            ["lenet5-wide"] = (
                "the wider LeNet, 20-50-500, that many papers of 2019 call LeNet-5, ReLU and max pooling",
                (input, classes) =>
                [
                    new Convolution("conv1", 20, 5, Padding: FirstPadding(input)), Relu, Halve,
                    new Convolution("conv2", 50, 5), Relu, Halve,
                    new Linear("fc1", 500), Relu, new Linear("fc2", classes),
                ]),
        };

    /// <summary>Names, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Networks.Keys];

    /// <summary>One line on a network.</summary>
    public static string Describe(string name) => Networks[name].Description;

    /// <summary>The network for images of a shape.</summary>
    /// <exception cref="ArgumentException">There is no such network, or it cannot take such images.</exception>
    public static NetworkDefinition Create(string name, ImageShape input, int classes) =>
        Networks.TryGetValue(name, out var network)
            ? new NetworkDefinition(name, input, network.Layers(input, classes))
            : throw new ArgumentException($"There is no network '{name}'; there is {string.Join(", ", Names)}.");

    /// <summary>LeNet-5 was made for 32x32; 28x28 images are padded to that, as LeCun did.</summary>
    private static int FirstPadding(ImageShape input) => input is { Height: 28, Width: 28 } ? 2 : 0;
}
