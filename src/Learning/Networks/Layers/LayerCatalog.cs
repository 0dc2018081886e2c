namespace AdvFit.Learning.Networks.Layers;

/// <summary>The kinds of layers, each in a folder of its own.</summary>
public static class LayerCatalog
{
    /// <summary>The record of each kind by the name that network files give it, in order.</summary>
    public static IReadOnlyDictionary<string, Type> Kinds { get; } = new OrderedDictionary<string, Type>
    {
        ["convolution"] = typeof(Convolution),
        ["pooling"] = typeof(Pooling),
        ["activation"] = typeof(Activation),
        ["linear"] = typeof(Linear),
    };
}
