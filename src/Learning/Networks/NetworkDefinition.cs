using System.Collections.Immutable;
using AdvFit.Learning.Networks.Layers;

namespace AdvFit.Learning.Networks;

/// <summary>A feed-forward network as data: its layers, from pixels to logits, a directed acyclic graph.</summary>
public sealed class NetworkDefinition
{
    /// <param name="name">Name for messages.</param>
    /// <param name="input">Shape of one image.</param>
    /// <param name="layers">The layers in order, <see cref="Branches"/> among them; the last one's outputs are the logits.</param>
    /// <exception cref="ArgumentException">A layer does not fit what comes before it, or a name is taken twice.</exception>
    public NetworkDefinition(string name, ImageShape input, IReadOnlyList<LayerDefinition> layers)
    {
        if (layers.Count == 0 || layers[0].InPlace || layers[^1].InPlace)
        {
            throw new ArgumentException($"{name}: the first and the last layer must be others than activations.");
        }

        (Name, Input, Layers, Nodes) = (name, input, layers, NetworkGraph.Of(input, layers));
        var readers = Nodes.SelectMany(node => node.Inputs).CountBy(value => value).ToDictionary();
        if (Nodes.FirstOrDefault(node => node.Layer.InPlace && readers[node.Inputs[0]] > 1) is { } shared)
        {
            throw new ArgumentException($"{name}: {shared.Layer.Describe(shared.Input)} cannot begin a path, whose input others read as well.");
        }

        Parameters = [.. Nodes.SelectMany(node => node.Layer.Parameters(node.Input))];
        var twice = Parameters.GroupBy(parameter => parameter.Name).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            throw new ArgumentException($"{name}: two layers have a parameter named {twice.Key}.");
        }
    }

    public string Name { get; }

    /// <summary>Shape of one image.</summary>
    public ImageShape Input { get; }

    public IReadOnlyList<LayerDefinition> Layers { get; }

    /// <summary>The graph of the layers, in the order of computation; the last node computes the logits.</summary>
    public ImmutableArray<NetworkNode> Nodes { get; }

    /// <summary>Every parameter, in PyTorch's order.</summary>
    public IReadOnlyList<ParameterShape> Parameters { get; }

    /// <summary>Number of classes.</summary>
    public int Classes => Nodes[^1].Output.Length;

    /// <summary>Number of weights and biases.</summary>
    public int ParameterCount => Parameters.Where(parameter => parameter.IsTrained).Sum(parameter => parameter.Length);

    /// <summary>Multiply-adds of one image's forward pass.</summary>
    public long MultiplyAdds => Nodes.Sum(node => node.Layer.MultiplyAdds(node.Input));

    /// <summary>Whether the images of a training batch see each other, as in batch normalisation: all are then held at once.</summary>
    public bool HasBatchStatistics => Nodes.Any(node => node.Layer.HasBatchStatistics);
}
