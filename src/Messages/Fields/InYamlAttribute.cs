namespace AdvFit.Messages.Fields;

/// <summary>Declares where the YAML of a spec has a field, where it is not simply at the field's name.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class InYamlAttribute : Attribute
{
    /// <summary>The path from the top of the file, such as <c>training.choose</c>.</summary>
    public string? Path { get; init; }

    /// <summary>The name of the field of the same record that it stands before; null where the order is the record's.</summary>
    public string? Before { get; init; }
}
