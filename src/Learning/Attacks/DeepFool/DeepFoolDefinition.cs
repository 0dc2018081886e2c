using AdvFit.Learning.Attacks.Common;

namespace AdvFit.Learning.Attacks.DeepFool;

/// <summary>
/// DeepFool as data. ART up to 1.3.0 (attacks/evasion/deepfool.py, attacks/deepfool.py before 1.1) changed the original in
/// place, so that its final overshoot was of a perturbation of zero. The authors' program does not clip, Foolbox clips each
/// iterate. With fewer candidates than classes ART considers the union of all images' candidates; here each image has its own.
/// </summary>
public sealed class DeepFoolDefinition() : AttackDefinition<DeepFoolParameters>(
    "deepfool",
    "DeepFool",
    "Moosavi-Dezfooli, Fawzi and Frossard (2016), DeepFool: a simple and accurate method to fool deep neural networks, "
        + "arXiv:1511.04599",
    ("paper",
        "Deniz et al. (2020), section 3: 100 iterations, all classes; the final overshoot of 1e-6 had no effect in ART up to "
            + "1.3.0, art/attacks/evasion/deepfool.py",
        new()),
    ("reference", "The attack's authors, github.com/LTS4/DeepFool of 2018-09-07, Python/deepfool.py", Authors),
    ("foolbox", "Foolbox 3.3.4, foolbox/attacks/deepfool.py, L2DeepFoolAttack", Authors),
    ("art",
        "ART 1.20.1, art/attacks/evasion/deepfool.py, DeepFool",
        new() { Candidates = 10, Overshoot = 1e-6 }))
{
    private static readonly DeepFoolParameters Authors =
        new() { MaxIterations = 50, Candidates = 10, Overshoot = 0.02, OvershootEachStep = true, StepMargin = 1e-4 };

    /// <inheritdoc/>
    protected override IAttack Make(DeepFoolParameters parameters) =>
        new VerifiedAttack((set, _) => new DeepFoolAttack(set, parameters));

    /// <summary>Measured on LeNet-5: two to four steps, each with a gradient for every class.</summary>
    protected override int PassesPerSample(DeepFoolParameters parameters, int classes) => 3 * (classes + 1);
}
