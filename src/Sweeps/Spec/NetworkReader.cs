using System.Collections.Immutable;
using System.Globalization;
using AdvFit.Learning;
using AdvFit.Learning.Networks;
using AdvFit.Learning.Networks.Layers;

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
///   - add:                                     # paths side by side, joined by addition or `concatenate`
///     - - convolution: { name: conv2, channels: 6, kernel: 3, padding: 1, bias: false }
///       - batch_normalization: { name: bn2 }
///     - []                                       # passes its input on
///   - global_average_pooling
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
            return input is { } shape && layers is { } placed && Fits(shape, placed, problems)
                ? new NetworkDefinition(name, shape, [.. placed.Select(layer => layer.Definition)])
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
    private static bool Fits(ImageShape input, ImmutableArray<PlacedLayer> layers, SpecProblems problems)
    {
        foreach (var (end, words) in new[] { (layers[0], "first"), (layers[^1], "last") })
        {
            if (end.Definition.InPlace)
            {
                problems.Add(end.Start, $"the {words} layer cannot be an activation");
                return false;
            }
        }

        var walk = new Walk(problems);
        if (walk.OutputOf(layers, input) is not { } output)
        {
            return false;
        }

        if (output.Length is < FewestClasses or > MostClasses)
        {
            problems.Add(
                layers[^1].Start,
                $"the last layer gives {output.Length} logits, one per class; there must be {FewestClasses} to {MostClasses}");
            return false;
        }

        return walk.IsSound;
    }

    /// <summary>Follows shapes through the layers, into every path.</summary>
    private sealed class Walk(SpecProblems problems)
    {
        private readonly Dictionary<string, long> _firstLines = new(StringComparer.Ordinal);

        public bool IsSound { get; private set; } = true;

        /// <summary>The shape behind some layers; null after saying which of them does not fit.</summary>
        public ImageShape? OutputOf(ImmutableArray<PlacedLayer> layers, ImageShape input)
        {
            ImageShape? shape = input;
            foreach (var layer in layers)
            {
                shape = shape is { } before ? OutputOf(layer, before) : null;
            }

            return shape;
        }

        private ImageShape? OutputOf(PlacedLayer placed, ImageShape input)
        {
            foreach (var path in placed.Paths)
            {
                if (path is [{ Definition.InPlace: true } first, ..])
                {
                    problems.Add(first.Start, "the first layer of a path cannot be an activation, for other paths read its input as well");
                    return null;
                }

                if (OutputOf(path, input) is null)
                {
                    return null;
                }
            }

            try
            {
                var output = placed.Definition.OutputShape(input);
                var parameters = placed.Definition.Parameters(input);
                foreach (var name in parameters.Select(parameter => parameter.Name[..parameter.Name.LastIndexOf('.')]).Distinct())
                {
                    if (!_firstLines.TryAdd(name, placed.Start.Line))
                    {
                        problems.Add(placed.Start, $"the name `{name}` is taken by the layer in line {_firstLines[name]}");
                        IsSound = false;
                    }
                }

                if (parameters.Any(parameter => parameter.LongLength > MostWeights)
                    || (long)output.Channels * output.Height * output.Width > MostValues)
                {
                    problems.Add(placed.Start, $"this layer is too large; at most {MostWeights} weights and {MostValues} outputs are allowed");
                    return null;
                }

                return output;
            }
            catch (ArgumentException error)
            {
                problems.Add(placed.Start, error.Message);
                return null;
            }
        }
    }
}
