using AdvFit.Learning.Networks.Layers;
using AdvFit.Messages.Fields;

namespace AdvFit.Sweeps.Spec;

/// <summary>
/// Reads the list of layers of a network file. A layer is a mapping from its kind to the fields of its record; one with a
/// single field is written as that field's value.
/// </summary>
internal static class LayerReader
{
    private static readonly string[] Kinds = [.. LayerCatalog.Kinds.Keys];

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
        return Kinds.FirstOrDefault(section.Has) is { } kind && ReadFields(section, kind) is { } values
            ? (LayerDefinition)RecordFields.Create(LayerCatalog.Kinds[kind], values)
            : null;
    }

    private static Dictionary<string, object?>? ReadFields(SpecSection layer, string kind)
    {
        var fields = RecordFields.Of(LayerCatalog.Kinds[kind]);
        if (fields is [var only])
        {
            return FieldReader.Read(layer, only, kind) is { } value ? new() { [only.Name] = value } : null;
        }

        return layer.Section(kind, [.. fields.Select(field => field.Name)]) is { } section
            ? FieldReader.Read(section, fields)
            : null;
    }
}
