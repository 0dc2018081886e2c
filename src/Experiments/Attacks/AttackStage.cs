using System.Collections.Immutable;
using AdvFit.Messages;

namespace AdvFit.Experiments;

/// <summary>Crafting of adversarial examples, one stage per attack.</summary>
internal sealed class AttackStage() : StageDefinition<AttackCrafted>(
    "attack", "attacking", "attack-crafted.1", AttackCraftedJson.Default.AttackCrafted, "outcome", "attack")
{
    public override string RecordMember => "attacks";

    public override ImmutableArray<string> ItemsOf(SweepSpec spec) => [.. spec.Attacks.Select(attack => attack.Label)];

    protected override string ItemOf(AttackCrafted fact) => fact.Outcome.Attack;

    protected override IEnumerable<StageFile> FilesOf(AttackCrafted fact) =>
        [new(fact.Adversarial, FileRole.AdversarialImages), new(fact.Samples)];

    protected override FormattableString Describe(AttackCrafted fact, SweepSpec spec) =>
        $"{fact.Outcome.Attack} fooled {fact.Outcome.Succeeded:N0} of {fact.Outcome.Attempted:N0}  mean L2 {fact.Outcome.L2.Mean}";
}
