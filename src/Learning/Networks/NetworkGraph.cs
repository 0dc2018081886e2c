using System.Collections.Immutable;
using AdvFit.Learning.Networks.Layers;

namespace AdvFit.Learning.Networks;

/// <summary>Lays lists of layers, with branches in them, out as a graph in the order of computation.</summary>
internal static class NetworkGraph
{
    /// <summary>The nodes of a network; the last one computes the logits.</summary>
    /// <exception cref="ArgumentException">A layer does not fit what comes before it.</exception>
    public static ImmutableArray<NetworkNode> Of(ImageShape input, IEnumerable<LayerDefinition> layers)
    {
        var nodes = ImmutableArray.CreateBuilder<NetworkNode>();
        AddAll(layers, 0);
        return nodes.ToImmutable();

        int AddAll(IEnumerable<LayerDefinition> sequence, int value)
        {
            foreach (var layer in sequence)
            {
                value = layer is Branches branches
                    ? Add(branches.Join, [.. branches.Paths.Select(path => AddAll(path, value))])
                    : Add(layer, [value]);
            }

            return value;
        }

        int Add(LayerDefinition layer, ImmutableArray<int> inputs)
        {
            ImageShape[] shapes = [.. inputs.Select(value => value == 0 ? input : nodes[value - 1].Output)];
            var output = layer is JoinDefinition join ? join.OutputShape(shapes) : layer.OutputShape(shapes[0]);
            nodes.Add(new NetworkNode(layer, inputs, shapes[0], output));
            return nodes.Count;
        }
    }

    /// <summary>The same layers where some change places with the same bits, in values and in gradients, and are then faster.</summary>
    public static IEnumerable<LayerDefinition> InFastestOrder(IReadOnlyList<LayerDefinition> layers)
    {
        for (var i = 0; i < layers.Count; i++)
        {
            if (i + 1 < layers.Count && layers[i].IsFasterBehind(layers[i + 1]))
            {
                yield return layers[i + 1];
                yield return layers[i++];
            }
            else
            {
                yield return layers[i] is Branches branches
                    ? branches with { Paths = [.. branches.Paths.Select(path => InFastestOrder(path).ToImmutableArray())] }
                    : layers[i];
            }
        }
    }
}
