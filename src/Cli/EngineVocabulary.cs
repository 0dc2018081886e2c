using System.Collections.Immutable;
using AdvFit.Learning.Attacks;
using AdvFit.Learning.Networks;
using AdvFit.Sweeps.Spec;
using EngineDescriptor = AdvFit.Learning.Attacks.ParameterDescriptor;
using EngineKind = AdvFit.Learning.Attacks.ParameterKind;
using ParameterDescriptor = AdvFit.Sweeps.Spec.ParameterDescriptor;
using ParameterKind = AdvFit.Sweeps.Spec.ParameterKind;

namespace AdvFit.Cli;

/// <summary>What specs may name, taken from the engine's catalogues.</summary>
internal static class EngineVocabulary
{
    /// <summary>A reader of specs that knows the engine's networks and attacks.</summary>
    public static SpecReader CreateReader() => new(new SpecVocabulary(
        [.. NetworkCatalog.Names],
        AttackCatalog.Attacks.ToImmutableSortedDictionary(attack => attack.Name, Describe, StringComparer.Ordinal)));

    private static AttackVocabulary Describe(AttackDescriptor attack) => new(
        [.. attack.Parameters.Select(Describe)],
        attack.Profiles.ToImmutableSortedDictionary(
            profile => profile.Name, profile => profile.Parameters, StringComparer.Ordinal));

    private static ParameterDescriptor Describe(EngineDescriptor parameter) => new(
        parameter.Name,
        parameter.Kind switch
        {
            EngineKind.Whole => ParameterKind.Whole,
            EngineKind.Flag => ParameterKind.Flag,
            _ => ParameterKind.Real,
        },
        parameter.Minimum,
        parameter.Maximum);
}
