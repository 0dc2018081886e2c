namespace AdvFit.Messages.Fields;

/// <summary>What it means for the sweep that there is when one field of its spec gets another value.</summary>
public enum SpecChange
{
    /// <summary>The same sweep goes on and has more to do.</summary>
    Extends,

    /// <summary>The spec describes another sweep, with an id of its own.</summary>
    BeginsAnew,

    /// <summary>The same sweep goes on, and no result changes.</summary>
    NoResult,
}

/// <summary>Declares a field of a sweep spec.</summary>
/// <param name="change">What changing its value does.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SpecFieldAttribute(SpecChange change) : Attribute
{
    /// <summary>What changing its value does.</summary>
    public SpecChange Change => change;

    /// <summary>
    /// The key in the text that the sweep's id is a hash of, where it is not the field's name; empty where the hash leaves
    /// the field out, because the id shows it in another way.
    /// </summary>
    public string? IdKey { get; init; }
}
