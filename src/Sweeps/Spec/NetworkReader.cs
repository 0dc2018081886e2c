using System.Globalization;
using AdvFit.Learning;
using AdvFit.Learning.Networks;
using AdvFit.Learning.Networks.Layers;
using YamlDotNet.Core;

namespace AdvFit.Sweeps.Spec;

/// <summary>
/// Reads a network from YAML, as strictly as specs are read:
/// <code>
/// name: small
/// input: [1, 28, 28]        # channels, rows, columns
/// layers:
///   - convolution: { name: conv1, channels: 6, kernel: 5, stride: 1, padding: 2 }
///   - activation: relu
///   - pooling: { kind: max, size: 2, stride: 2 }
///   - linear: { name: fc1, outputs: 10 }
/// </code>
/// Names are those of PyTorch's <c>state_dict</c> without <c>.weight</c> and <c>.bias</c>. Strides and paddings default as in
/// PyTorch; a linear layer flattens its input.
/// </summary>
public static class NetworkReader
{
    private const int LargestSize = 1 << 16;

    /// <summary>What still fits the memory of a small machine: weights of one layer, and values of one image between layers.</summary>
    private const long MostWeights = 1 << 26, MostValues = 1 << 22;

    private const int FewestClasses = 2, MostClasses = 256;

    private static readonly string[] NetworkKeys = ["name", "input", "layers"];

    /// <summary>Reads a network from a file.</summary>
    /// <exception cref="SpecException">The file cannot be read, or describes no sound network.</exception>
    public static NetworkDefinition Read(string path) => Parse(SpecFile.ReadText(path, "network file"), path);

    /// <summary>Reads a network from text.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="file">What to call it in messages; also the network's name where it gives none.</param>
    /// <exception cref="SpecException">It describes no sound network.</exception>
    public static NetworkDefinition Parse(string yaml, string file) => SpecFile.Parse<NetworkDefinition?>(
        yaml, file, "a network", NetworkKeys, (section, problems) =>
        {
            var name = section.Has("name") ? section.Text("name") ?? "" : file;
            var input = ReadInput(section.Required("input"), problems);
            var layers = LayerReader.Read(section.Required("layers"), problems);
            return input is { } shape && layers is not null && Fits(shape, layers, problems)
                ? new NetworkDefinition(name, shape, [.. layers.Select(layer => layer.Definition)])
                : null;
        })!;

    private static ImageShape? ReadInput(YamlPiece? piece, SpecProblems problems)
    {
        if (piece is YamlList { Items: [var channels, var height, var width] }
            && Size(channels) is { } c && Size(height) is { } h && Size(width) is { } w
            && (long)c * h * w <= MostValues)
        {
            return new ImageShape(c, h, w);
        }

        if (piece is not null)
        {
            problems.Add(
                piece.Start,
                $"`input` must be channels, rows and columns, such as [3, 32, 32], with at most {MostValues} pixels");
        }

        return null;

        static int? Size(YamlPiece item) =>
            item is YamlText { Plain: true } text
            && int.TryParse(text.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value is > 0 and <= LargestSize
                ? value
                : null;
    }

    /// <summary>Whether each layer fits the one before it and what the engine needs; what does not becomes a problem.</summary>
    private static bool Fits(ImageShape input, IReadOnlyList<PlacedLayer> layers, SpecProblems problems)
    {
        foreach (var (end, words) in new[] { (layers[0], "first"), (layers[^1], "last") })
        {
            if (end.Definition.InPlace)
            {
                problems.Add(end.Start, $"the {words} layer cannot be an activation");
                return false;
            }
        }

        var firstLines = new Dictionary<string, long>(StringComparer.Ordinal);
        var (shape, sound) = (input, true);
        foreach (var (start, layer) in layers)
        {
            if (layer is WeightedLayerDefinition { Name: var name } && !firstLines.TryAdd(name, start.Line))
            {
                problems.Add(start, $"the name `{name}` is taken by the layer in line {firstLines[name]}");
                sound = false;
            }

            try
            {
                var output = layer.OutputShape(shape);
                var largest = layer.Parameters(shape).Select(parameter => parameter.LongLength).DefaultIfEmpty().Max();
                if (largest > MostWeights || (long)output.Channels * output.Height * output.Width > MostValues)
                {
                    problems.Add(start, $"this layer is too large; at most {MostWeights} weights and {MostValues} outputs are allowed");
                    return false;
                }

                shape = output;
            }
            catch (ArgumentException error)
            {
                problems.Add(start, error.Message);
                return false;
            }
        }

        if (shape.Length is < FewestClasses or > MostClasses)
        {
            problems.Add(
                layers[^1].Start,
                $"the last layer gives {shape.Length} logits, one per class; there must be {FewestClasses} to {MostClasses}");
            return false;
        }

        return sound;
    }
}

/// <summary>A layer and where it stands in its file.</summary>
internal readonly record struct PlacedLayer(Mark Start, LayerDefinition Definition);
