using AdvFit.Learning.Networks.Layers;

namespace AdvFit.Learning.Networks;

/// <summary>A feed-forward network as data: its layers, from pixels to logits.</summary>
public sealed class NetworkDefinition
{
    /// <param name="name">Name for messages.</param>
    /// <param name="input">Shape of one image.</param>
    /// <param name="layers">The layers in order; the last one's outputs are the logits.</param>
    /// <exception cref="ArgumentException">A layer does not fit what comes before it, or a name is taken twice.</exception>
    public NetworkDefinition(string name, ImageShape input, IReadOnlyList<LayerDefinition> layers)
    {
        if (layers.Count == 0 || layers[0].InPlace || layers[^1].InPlace)
        {
            throw new ArgumentException($"{name}: the first and the last layer must be others than activations.");
        }

        (Name, Input, Layers) = (name, input, layers);
        var shapes = new List<ImageShape> { input };
        var parameters = new List<ParameterShape>();
        foreach (var layer in layers)
        {
            parameters.AddRange(layer.Parameters(shapes[^1]));
            shapes.Add(layer.OutputShape(shapes[^1]));
        }

        var twice = parameters.GroupBy(parameter => parameter.Name).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            throw new ArgumentException($"{name}: two layers have a parameter named {twice.Key}.");
        }

        (Shapes, Parameters) = (shapes, parameters);
    }

    public string Name { get; }

    /// <summary>Shape of one image.</summary>
    public ImageShape Input { get; }

    public IReadOnlyList<LayerDefinition> Layers { get; }

    /// <summary>Input shape of every layer, and last the shape of the logits.</summary>
    public IReadOnlyList<ImageShape> Shapes { get; }

    /// <summary>Every parameter, in PyTorch's order.</summary>
    public IReadOnlyList<ParameterShape> Parameters { get; }

    /// <summary>Number of classes.</summary>
    public int Classes => Shapes[^1].Length;

    /// <summary>Number of weights and biases.</summary>
    public int ParameterCount => Parameters.Sum(parameter => parameter.Length);

    /// <summary>Multiply-adds of one image's forward pass.</summary>
    public long MultiplyAdds => Layers.Select((layer, i) => layer.MultiplyAdds(Shapes[i])).Sum();
}
