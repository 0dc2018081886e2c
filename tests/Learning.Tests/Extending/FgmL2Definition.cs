using AdvFit.Learning.Attacks;
using AdvFit.Learning.Attacks.Common;

namespace AdvFit.Learning.Tests.Extending;

/// <summary>The fast gradient method for L2 as data.</summary>
public sealed class FgmL2Definition() : AttackDefinition<FgmL2Parameters>(
    "fgm-l2",
    "FGM L2",
    "Miyato, Dai and Goodfellow (2017), Adversarial training methods for semi-supervised text classification, "
    + "arXiv:1605.07725",
    ("art", "ART 1.20.1, art/attacks/evasion/fast_gradient.py, FastGradientMethod with norm=2", new()))
{
    /// <inheritdoc/>
    protected override IAttack Make(FgmL2Parameters parameters) =>
        new VerifiedAttack((set, _) => new FgmL2Attack(set, parameters));

    /// <summary>A query, a gradient and the query of the result.</summary>
    protected override int PassesPerSample(FgmL2Parameters parameters, int classes) => 3;
}
