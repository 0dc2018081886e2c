using AdvFit.Learning.Networks;

namespace AdvFit.Sweeps.Spec;

/// <summary>Reads the list of layers of a network file.</summary>
internal static class LayerReader
{
    private const int LargestSize = 1 << 16;
    private const int LargestWindow = 1 << 10;

    private static readonly string[] Kinds = ["convolution", "pooling", "activation", "linear"];
    private static readonly string[] ConvolutionKeys = ["name", "channels", "kernel", "stride", "padding"];
    private static readonly string[] PoolingKeys = ["kind", "size", "stride"];
    private static readonly string[] LinearKeys = ["name", "outputs"];
    private static readonly string[] PoolingKinds = ["max", "average"];
    private static readonly string[] Activations = ["relu", "tanh"];

    /// <summary>The layers in order; null after saying what is wrong with any of them.</summary>
    public static IReadOnlyList<PlacedLayer>? Read(YamlPiece? piece, SpecProblems problems)
    {
        switch (piece)
        {
            case null:
                return null;
            case YamlList { Items.Length: > 0 } list:
                var layers = list.Items.Select(item => (item.Start, Layer: ReadLayer(item, problems))).ToList();
                return layers.TrueForAll(layer => layer.Layer is not null)
                    ? [.. layers.Select(layer => new PlacedLayer(layer.Start, layer.Layer!))]
                    : null;
            default:
                problems.Add(piece.Start, "`layers` must be a list with at least one layer");
                return null;
        }
    }

    private static LayerDefinition? ReadLayer(YamlPiece piece, SpecProblems problems)
    {
        if (piece is not YamlMapping { Entries.Length: 1 } mapping)
        {
            problems.Add(piece.Start, $"a layer is one of {string.Join(", ", Kinds)}, such as `- activation: relu`");
            return null;
        }

        var section = new SpecSection(mapping, "a layer", Kinds, problems);
        return Kinds.FirstOrDefault(section.Has) switch
        {
            null => null,
            "activation" => section.Choice("activation", Activations) is { } activation
                ? new Activation(activation == "relu" ? ActivationKind.Relu : ActivationKind.Tanh)
                : null,
            "convolution" => section.Section("convolution", ConvolutionKeys) is { } convolution
                ? ReadConvolution(convolution)
                : null,
            "pooling" => section.Section("pooling", PoolingKeys) is { } pooling ? ReadPooling(pooling) : null,
            _ => section.Section("linear", LinearKeys) is { } linear
                ? new Linear(linear.Text("name") ?? "", linear.Whole("outputs", 1, LargestSize))
                : null,
        };
    }

    private static Convolution ReadConvolution(SpecSection section) => new(
        section.Text("name") ?? "",
        section.Whole("channels", 1, LargestSize),
        section.Whole("kernel", 1, LargestWindow),
        section.OptionalWhole("stride", 1, LargestWindow) ?? 1,
        section.OptionalWhole("padding", 0, LargestWindow) ?? 0);

    private static Pooling ReadPooling(SpecSection section)
    {
        var kind = section.Choice("kind", PoolingKinds) == "average" ? PoolingKind.Average : PoolingKind.Max;
        var size = section.Whole("size", 1, LargestWindow);
        return new Pooling(kind, size, section.OptionalWhole("stride", 1, LargestWindow) ?? size);
    }
}
