using System.Collections.Immutable;

namespace AdvFit.Learning.Attacks;

/// <summary>What values a parameter takes.</summary>
public enum ParameterKind
{
    /// <summary>Whole numbers.</summary>
    Whole,

    /// <summary>Finite numbers.</summary>
    Real,

    /// <summary>No or yes, written 0 or 1.</summary>
    Flag,
}

/// <summary>One parameter of an attack, as data: what a spec is validated against.</summary>
/// <param name="Name">Its name in snake_case.</param>
/// <param name="Kind">What values it takes.</param>
/// <param name="Minimum">The smallest value allowed.</param>
/// <param name="Maximum">The largest value allowed.</param>
/// <param name="Meaning">One phrase for a person, with the unit.</param>
public sealed record ParameterDescriptor(
    string Name, ParameterKind Kind, double Minimum, double Maximum, string Meaning)
{
    /// <summary>Says what is wrong with a value; null where it is allowed.</summary>
    public string? Refuse(double value)
    {
        var isOfKind = double.IsFinite(value) && (Kind == ParameterKind.Real || value == Math.Truncate(value));
        if (isOfKind && value >= Minimum && value <= Maximum)
        {
            return null;
        }

        var allowed = Kind switch
        {
            ParameterKind.Flag => "0 (no) or 1 (yes)",
            ParameterKind.Whole => $"a whole number from {Minimum} to {Maximum}",
            _ => $"a number from {Minimum} to {Maximum}",
        };
        return $"{Name} must be {allowed}, but is {value}";
    }
}

/// <summary>A named set of values for every parameter of an attack.</summary>
/// <param name="Name"><c>paper</c>, <c>reference</c>, <c>foolbox</c> or <c>art</c>.</param>
/// <param name="Source">Where the values were published.</param>
/// <param name="Parameters">Value of every parameter by its name; flags are 0 or 1.</param>
public sealed record AttackProfile(string Name, string Source, ImmutableSortedDictionary<string, double> Parameters);

/// <summary>One attack, as data.</summary>
/// <param name="Name">Its name in specs, such as <c>deepfool</c>.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Source">The publication that introduced it.</param>
/// <param name="Parameters">Every parameter it has; all are needed to create it.</param>
/// <param name="Profiles">The named parameter sets.</param>
public sealed record AttackDescriptor(
    string Name,
    string Title,
    string Source,
    ImmutableArray<ParameterDescriptor> Parameters,
    ImmutableArray<AttackProfile> Profiles);
