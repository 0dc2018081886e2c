namespace AdvFit.Learning.Networks.Layers;

/// <summary>The kinds of layers, each in a folder of its own.</summary>
public static class LayerCatalog
{
    /// <summary>The record of each kind by the name that network files give it, in order.</summary>
    public static IReadOnlyDictionary<string, Type> Kinds { get; } = new OrderedDictionary<string, Type>
    {
        ["convolution"] = typeof(Convolution),
        ["batch_normalization"] = typeof(BatchNormalization),
        ["pooling"] = typeof(Pooling),
        ["global_average_pooling"] = typeof(GlobalAveragePooling),
        ["activation"] = typeof(Activation),
        ["dropout"] = typeof(Dropout),
        ["linear"] = typeof(Linear),
    };

    /// <summary>The ways of joining paths by the name that network files give them.</summary>
    public static IReadOnlyDictionary<string, JoinDefinition> Joins { get; } = new OrderedDictionary<string, JoinDefinition>
    {
        ["add"] = new Addition(),
        ["concatenate"] = new Concatenation(),
    };
}
