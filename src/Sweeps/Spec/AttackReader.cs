using System.Collections.Immutable;
using System.Globalization;
using AdvFit.Messages;
using AdvFit.Messages.Fields;
using YamlDotNet.Core;

namespace AdvFit.Sweeps.Spec;

/// <summary>Reads a spec's list of attacks and resolves their parameters.</summary>
internal sealed class AttackReader(SpecVocabulary vocabulary, SpecProblems problems)
{
    private const string DefaultProfile = "paper";

    private static readonly ImmutableArray<RecordField> Fields = RecordFields.Of<AttackSpec>();

    private static readonly string[] AttackKeys = [.. SpecFields.InYamlOrder(Fields).Select(SpecFields.KeyOf)];

    private static readonly string[] ReservedLabels = [Subsets.Train, Subsets.Test, Subsets.Fail];

    private readonly Dictionary<string, long> _labelLines = [];

    public ImmutableArray<AttackSpec> Read(YamlPiece? piece)
    {
        switch (piece)
        {
            case null:
                return [];
            case YamlList { Items.Length: > 0 } list:
                return [.. list.Items.Select(ReadAttack).OfType<AttackSpec>()];
            default:
                problems.Add(piece.Start, "`attacks` must be a list with at least one attack, such as [fgsm, deepfool]");
                return [];
        }
    }

    private AttackSpec? ReadAttack(YamlPiece piece)
    {
        var mapping = piece switch
        {
            YamlText => new YamlMapping(piece.Start, [(new YamlText(piece.Start, "attack", Plain: true), piece)]),
            YamlMapping given => given,
            _ => null,
        };
        if (mapping is null)
        {
            problems.Add(piece.Start, "an attack is a name, or a mapping such as { attack: fgsm, profile: paper }");
            return null;
        }

        var section = new SpecSection(mapping, "an attack", AttackKeys, problems);
        var samples = section.OptionalWhole("samples", 1, int.MaxValue);
        var attack = section.Choice("attack", [.. vocabulary.Attacks.Select(known => known.Name)]);
        var label = section.Has("label") ? section.Text("label") : attack;
        if (label is not null)
        {
            CheckLabel(label, section.Has("label") ? section.Place("label") : section.Place("attack"));
        }

        if (label is null || vocabulary.Attacks.FirstOrDefault(known => known.Name == attack) is not { } known)
        {
            return null;
        }

        var name = section.Has("profile")
            ? section.Choice("profile", [.. known.Profiles.Select(profile => profile.Name)])
            : DefaultProfile;
        return known.Profiles.FirstOrDefault(profile => profile.Name == name) is { } profile
            ? new AttackSpec(
                label, known.Name, profile.Name, Override(profile.Parameters, section, known.Parameters), samples)
            : null;
    }

    private void CheckLabel(string label, Mark place)
    {
        if (Fields.First(field => field.Name == "label").BrokenRule(label) is { } rule)
        {
            problems.Add(place, $"`label` must be {rule}, not `{label}`");
        }
        else if (ReservedLabels.Contains(label))
        {
            problems.Add(place, $"`label` cannot be `{label}`, which is the name of another subset");
        }
        else if (!_labelLines.TryAdd(label, place.Line))
        {
            problems.Add(
                place,
                $"the label `{label}` is taken by the attack in line {_labelLines[label]}; give one of them a `label` of its own");
        }
    }

    private static ImmutableSortedDictionary<string, double> Override(
        ImmutableSortedDictionary<string, double> values, SpecSection attack, ImmutableArray<RecordField> parameters)
    {
        var resolved = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, values);
        if (attack.Section("set", [.. parameters.Select(parameter => parameter.Name)]) is not { } set)
        {
            return resolved;
        }

        return resolved.SetItems(
            from parameter in parameters
            where set.Has(parameter.Name)
            select KeyValuePair.Create(
                parameter.Name,
                Convert.ToDouble(FieldReader.Read(set, parameter, parameter.Name), CultureInfo.InvariantCulture)));
    }
}
