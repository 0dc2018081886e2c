using AdvFit.Learning.Networks.Catalog;
using AdvFit.Learning.Networks.Layers;

namespace AdvFit.Learning.Networks;

/// <summary>The networks that a spec can name.</summary>
public static class NetworkCatalog
{
    private static readonly NamedNetwork[] Networks = [LeNet5.Network, WideLeNet5.Network, ResNet18.Network, ResNet18.ForSmallImages, InceptionV3.Network];

    /// <summary>Names, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Networks.Select(network => network.Name)];

    /// <summary>The network for images of a shape.</summary>
    /// <exception cref="ArgumentException">There is no such network, or it cannot take such images.</exception>
    public static NetworkDefinition Create(string name, ImageShape input, int classes) =>
        Array.Find(Networks, network => network.Name == name) is { } known
            ? new NetworkDefinition(name, input, known.Layers(input, classes))
            : throw new ArgumentException($"There is no network '{name}'; there is {string.Join(", ", Names)}.");
}

/// <summary>A network that has a name: its layers for images of a shape and a number of classes.</summary>
internal sealed record NamedNetwork(string Name, Func<ImageShape, int, LayerDefinition[]> Layers);
