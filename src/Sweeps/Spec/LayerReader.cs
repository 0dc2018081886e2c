using System.Collections.Immutable;
using AdvFit.Learning.Networks.Layers;
using AdvFit.Messages.Fields;
using YamlDotNet.Core;

namespace AdvFit.Sweeps.Spec;

/// <summary>A layer and where it stands in its file.</summary>
/// <param name="Start">Its place.</param>
/// <param name="Definition">The layer; branches have the layers of all their paths.</param>
/// <param name="Paths">The layers of the paths of branches, with their places.</param>
internal sealed record PlacedLayer(
    Mark Start, LayerDefinition Definition, ImmutableArray<ImmutableArray<PlacedLayer>> Paths);

/// <summary>
/// Reads the list of layers of a network file. A layer is a mapping from its kind to the fields of its record; one with a
/// single field is written as that field's value, one with none as its kind. Paths are lists in a list.
/// </summary>
internal static class LayerReader
{
    private static readonly string[] Joins = [.. LayerCatalog.Joins.Keys];

    private static readonly string[] Kinds = [.. LayerCatalog.Kinds.Keys, .. Joins];

    /// <summary>The layers in order; null after saying what is wrong with any of them.</summary>
    public static ImmutableArray<PlacedLayer>? Read(YamlPiece? piece, SpecProblems problems)
    {
        switch (piece)
        {
            case null:
                return null;
            case YamlList { Items.Length: > 0 } list:
                return ReadList(list, problems);
            default:
                problems.Add(piece.Start, "`layers` must be a list with at least one layer");
                return null;
        }
    }

    private static ImmutableArray<PlacedLayer>? ReadList(YamlList list, SpecProblems problems)
    {
        var layers = list.Items.Select(item => ReadLayer(item, problems)).ToList();
        return layers.TrueForAll(layer => layer is not null) ? [.. layers.OfType<PlacedLayer>()] : null;
    }

    private static PlacedLayer? ReadLayer(YamlPiece piece, SpecProblems problems)
    {
        if (piece is YamlText { Plain: true } word && LayerCatalog.Kinds.TryGetValue(word.Text, out var alone)
            && RecordFields.Of(alone).IsEmpty)
        {
            return Placed(alone, []);
        }

        if (piece is not YamlMapping { Entries.Length: 1 } mapping)
        {
            problems.Add(piece.Start, $"a layer is one of {string.Join(", ", Kinds)}, such as `- activation: relu`");
            return null;
        }

        var section = new SpecSection(mapping, "a layer", Kinds, problems);
        return Kinds.FirstOrDefault(section.Has) is not { } kind ? null
            : Joins.Contains(kind) ? ReadBranches(section, kind, piece.Start, problems)
            : ReadFields(section, LayerCatalog.Kinds[kind], kind) is { } values ? Placed(LayerCatalog.Kinds[kind], values)
            : null;

        PlacedLayer Placed(Type kind, Dictionary<string, object?> values) =>
            new(piece.Start, (LayerDefinition)RecordFields.Create(kind, values), []);
    }

    private static PlacedLayer? ReadBranches(SpecSection layer, string join, Mark start, SpecProblems problems)
    {
        if (layer.Optional(join) is not YamlList { Items.Length: >= 2 } list || !list.Items.All(item => item is YamlList))
        {
            layer.Refuse(join, $"`{join}` must be a list of at least two paths, each a list of layers; an empty one passes its input on");
            return null;
        }

        var paths = list.Items.OfType<YamlList>().Select(path => ReadList(path, problems)).ToList();
        return paths.TrueForAll(path => path is not null)
            ? new PlacedLayer(
                start,
                new Branches(
                    LayerCatalog.Joins[join],
                    [.. paths.Select(path => path!.Value.Select(placed => placed.Definition).ToImmutableArray())]),
                [.. paths.Select(path => path!.Value)])
            : null;
    }

    private static Dictionary<string, object?>? ReadFields(SpecSection layer, Type record, string kind)
    {
        var fields = RecordFields.Of(record);
        if (fields is [var only])
        {
            return FieldReader.Read(layer, only, kind) is { } value ? new() { [only.Name] = value } : null;
        }

        return layer.Section(kind, [.. fields.Select(field => field.Name)]) is { } section
            ? FieldReader.Read(section, fields)
            : null;
    }
}
