using System.Collections.Immutable;

namespace AdvFit.Sweeps.Spec;

/// <summary>What a spec may name: the networks and attacks that the engine has.</summary>
/// <param name="Networks">Names of the networks.</param>
/// <param name="Attacks">The attacks by name.</param>
public sealed record SpecVocabulary(
    ImmutableArray<string> Networks, ImmutableSortedDictionary<string, AttackVocabulary> Attacks);

/// <summary>What a spec may say of one attack.</summary>
/// <param name="Parameters">The parameters it has.</param>
/// <param name="Profiles">Named parameter sets; each gives every parameter a value.</param>
public sealed record AttackVocabulary(
    ImmutableArray<ParameterDescriptor> Parameters,
    ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, double>> Profiles);

/// <summary>One parameter of an attack.</summary>
/// <param name="Name">Its name in specs.</param>
/// <param name="Kind">What values it takes.</param>
/// <param name="Minimum">Least value allowed.</param>
/// <param name="Maximum">Greatest value allowed; may be infinite.</param>
public sealed record ParameterDescriptor(string Name, ParameterKind Kind, double Minimum, double Maximum);

/// <summary>What values a parameter takes.</summary>
public enum ParameterKind
{
    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>Any finite number.</summary>
    Real,

    /// <summary><c>true</c> or <c>false</c>, kept as 1 or 0.</summary>
    Flag,
}
