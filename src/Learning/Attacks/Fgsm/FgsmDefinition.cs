using AdvFit.Learning.Attacks.Common;

namespace AdvFit.Learning.Attacks.Fgsm;

/// <summary>
/// The fast gradient sign method as data. Foolbox 3.3.4, attacks/fast_gradient_method.py, takes one step of an epsilon that
/// the caller must name; ART's minimal=True is 3 search steps.
/// </summary>
public sealed class FgsmDefinition() : AttackDefinition<FgsmParameters>(
    "fgsm",
    "FGSM",
    "Goodfellow, Shlens and Szegedy (2015), Explaining and harnessing adversarial examples, arXiv:1412.6572",
    ("paper", "Deniz et al. (2020), section 3: attack step size 0.1", new()),
    ("reference",
        "Goodfellow et al. (2015), section 4: 0.25 on MNIST (0.1 on a preprocessed CIFAR-10)",
        new() { Epsilon = 0.25 }),
    ("foolbox",
        "Foolbox 2.4.0, foolbox/attacks/gradient.py, GradientSignAttack (Foolbox 3 has no default epsilon)",
        new() { Epsilon = 1, SearchSteps = 1000, RefinementSteps = 20 }),
    ("art",
        "ART 1.20.1, art/attacks/evasion/fast_gradient.py, FastGradientMethod with minimal=False",
        new() { Epsilon = 0.3 }))
{
    /// <inheritdoc/>
    protected override IAttack Make(FgsmParameters parameters) =>
        new VerifiedAttack((set, _) => new FgsmAttack(set, parameters));

    /// <summary>A query, a gradient and the query of the result: few of a search's sizes are tried.</summary>
    protected override int PassesPerSample(FgsmParameters parameters, int classes) => 3;
}
