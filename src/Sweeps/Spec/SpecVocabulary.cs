using System.Collections.Immutable;
using AdvFit.Learning.Attacks;
using AdvFit.Learning.Networks;

namespace AdvFit.Sweeps.Spec;

/// <summary>What a spec may name.</summary>
/// <param name="Networks">Names of the networks.</param>
/// <param name="Attacks">The attacks, with their parameters and profiles.</param>
public sealed record SpecVocabulary(ImmutableArray<string> Networks, ImmutableArray<AttackDefinition> Attacks)
{
    /// <summary>The networks and attacks that the engine has.</summary>
    public static SpecVocabulary Engine { get; } = new([.. NetworkCatalog.Names], AttackCatalog.Attacks);
}
