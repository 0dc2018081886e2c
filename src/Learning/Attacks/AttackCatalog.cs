using System.Collections.Immutable;

namespace AdvFit.Learning.Attacks;

/// <summary>The attacks. docs/attacks.md says what their profiles share and where libraries differ.</summary>
public static class AttackCatalog
{
    /// <summary>The attacks, in the order in which they are listed to people.</summary>
    public static ImmutableArray<AttackDefinition> Attacks { get; } =
    [
        new Fgsm.FgsmDefinition(),
        new DeepFool.DeepFoolDefinition(),
        new CarliniWagner.CarliniWagnerDefinition(),
        new HopSkipJump.HopSkipJumpDefinition(),
    ];

    /// <summary>The attack of a name; null where there is none.</summary>
    public static AttackDefinition? Find(string attack) => Attacks.FirstOrDefault(known => known.Name == attack);

    /// <summary>The attack of a name.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists those that there are.</exception>
    public static AttackDefinition Get(string attack) => Find(attack) ?? throw new ArgumentException(
        $"There is no attack '{attack}'; there are {string.Join(", ", Attacks.Select(known => known.Name))}.", nameof(attack));
}
