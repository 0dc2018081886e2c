using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace AdvFit.Messages.Fields;

/// <summary>One value of a sweep spec: a field of <see cref="SweepSpec"/>, or of one of the records in it.</summary>
/// <param name="Section">The field of the spec whose record has it; null for a field of the spec itself.</param>
/// <param name="Field">The field as its record declares it.</param>
public sealed record SpecField(RecordField? Section, RecordField Field)
{
    private readonly SpecFieldAttribute _declared = Field.Attribute<SpecFieldAttribute>()
        ?? throw new InvalidOperationException($"{Field.Name} does not say what changing it does.");

    /// <summary>The path in the canonical JSON, such as <c>training.learning_rate</c>.</summary>
    public string Path => Section is null ? Field.Name : $"{Section.Name}.{Field.Name}";

    /// <summary>The path in the YAML.</summary>
    public string YamlPath { get; } =
        Field.Attribute<InYamlAttribute>()?.Path ?? (Section is null ? Field.Name : $"{SpecFields.KeyOf(Section)}.{Field.Name}");

    /// <summary>The key in the YAML of the mapping that has it; empty for the top.</summary>
    public string YamlSection => YamlPath[..Math.Max(0, YamlPath.LastIndexOf('.'))];

    /// <summary>The last part of its path in the YAML.</summary>
    public string Key => YamlPath[(YamlPath.LastIndexOf('.') + 1)..];

    /// <summary>What changing its value does to a sweep.</summary>
    public SpecChange Change => _declared.Change;

    /// <summary>The key in the text that the sweep's id is a hash of; null where it is not in there.</summary>
    public string? IdKey => Change == SpecChange.BeginsAnew && _declared.IdKey != "" ? _declared.IdKey ?? Field.Name : null;

    /// <summary>
    /// Whether JSON and ids leave it out at the default of its type, so that what was written before there was the field
    /// stays the same.
    /// </summary>
    public bool IsLeftOutAtDefault { get; } =
        Field.Attribute<JsonIgnoreAttribute>()?.Condition == JsonIgnoreCondition.WhenWritingDefault;

    /// <summary>Its value in a spec; null where the spec has none or JSON leaves it out.</summary>
    public object? Of(SweepSpec spec)
    {
        var value = (Section is null ? spec : Section.Of(spec)) is { } record ? Field.Of(record) : null;
        return IsLeftOutAtDefault && Equals(value, Activator.CreateInstance(Field.Type)) ? null : value;
    }
}

/// <summary>The fields of a sweep spec, as <see cref="SweepSpec"/> and the records in it declare them.</summary>
public static class SpecFields
{
    /// <summary>The key that says whether there is a k-NN classifier. The record has it as whether there is a <see cref="KnnSpec"/>.</summary>
    public static SpecField Classifier { get; } =
        new(null, new RecordField(typeof(SweepSpec).GetProperty(nameof(SweepSpec.Classifier))!, null));

    /// <summary>Every value of a spec, in the order of the canonical JSON; a list is one value.</summary>
    public static ImmutableArray<SpecField> All { get; } =
    [
        .. RecordFields.Of<SweepSpec>().SelectMany(field => field.IsRecord ? InSection(field) : [new SpecField(null, field)]),
        Classifier,
    ];

    /// <summary>The keys of a spec in YAML, in the order of the documentation.</summary>
    public static ImmutableArray<string> Keys { get; } =
        [.. InYamlOrder([Classifier.Field, .. RecordFields.Of<SweepSpec>()]).Select(KeyOf)];

    /// <summary>The keys of one section of a spec in YAML.</summary>
    public static ImmutableArray<string> KeysOf(string section) =>
        [.. All.Where(field => field.YamlSection == section).Select(field => field.Key)];

    /// <summary>The values of one section's record.</summary>
    public static IEnumerable<SpecField> InSection(RecordField section) =>
        RecordFields.Of(section.Type).Select(field => new SpecField(section, field));

    /// <summary>The path at which YAML has a field of a record.</summary>
    public static string KeyOf(RecordField field) => field.Attribute<InYamlAttribute>()?.Path ?? field.Name;

    /// <summary>The fields of a record in the order of the documentation.</summary>
    public static IEnumerable<RecordField> InYamlOrder(ImmutableArray<RecordField> fields)
    {
        return fields.OrderBy(field => field.Attribute<InYamlAttribute>()?.Before is { } next ? IndexOf(next) - 0.5 : IndexOf(field.Name));

        double IndexOf(string name) => fields.IndexOf(fields.First(field => field.Name == name));
    }
}
