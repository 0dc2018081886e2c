using System.Collections.Immutable;
using System.Globalization;
using AdvFit.Learning.Attacks;
using AdvFit.Messages.Fields;

namespace AdvFit.Cli.Models;

/// <summary>An attack as chosen on the command line.</summary>
/// <param name="Attack">The attack, ready to use.</param>
/// <param name="Name">Its name.</param>
/// <param name="Profile">The profile that its parameters start from.</param>
/// <param name="Parameters">The value of every parameter.</param>
internal sealed record ChosenAttack(
    IAttack Attack, string Name, string Profile, ImmutableSortedDictionary<string, double> Parameters)
{
    /// <summary>Looks an attack up, and checks its parameters.</summary>
    /// <param name="name">Name of the attack.</param>
    /// <param name="profileName">Name of one of its profiles.</param>
    /// <param name="settings">Other values, each as <c>parameter=value</c>.</param>
    /// <exception cref="InputException">There is no such attack, profile or parameter, or a value is not allowed.</exception>
    public static ChosenAttack Create(string name, string profileName, IEnumerable<string> settings)
    {
        var attack = AttackCatalog.Find(name) ?? throw new InputException(
            $"There is no attack '{name}'; there is {string.Join(", ", AttackCatalog.Attacks.Select(known => known.Name))}.");
        var profile = attack.Profiles.FirstOrDefault(known => known.Name == profileName) ?? throw new InputException(
            $"{name} has no profile '{profileName}'; it has {string.Join(", ", attack.Profiles.Select(known => known.Name))}.");
        var parameters = profile.Parameters.SetItems(settings.Select(setting => Parse(attack, setting)));
        return new ChosenAttack(attack.Create(parameters), name, profileName, parameters);
    }

    private static KeyValuePair<string, double> Parse(AttackDefinition attack, string setting)
    {
        var parts = setting.Split('=', 2);
        var parameter = attack.Parameters.FirstOrDefault(known => known.Name == parts[0]) ?? throw new InputException(
            $"--set {setting}: {attack.Name} has no parameter '{parts[0]}'; it has "
            + $"{string.Join(", ", attack.Parameters.Select(known => known.Name))}.");
        var value = parts.Length == 2 ? ValueOf(parameter, parts[1]) : null;
        var refusal = value is null ? $"{parameter.Name} needs a number, as in {parameter.Name}=1" : parameter.Refuse(value.Value);
        return refusal is null
            ? KeyValuePair.Create(parameter.Name, value!.Value)
            : throw new InputException($"--set {setting}: {refusal}.");
    }

    private static double? ValueOf(RecordField parameter, string text) => text switch
    {
        "true" when parameter.Type == typeof(bool) => 1,
        "false" when parameter.Type == typeof(bool) => 0,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null,
    };
}
