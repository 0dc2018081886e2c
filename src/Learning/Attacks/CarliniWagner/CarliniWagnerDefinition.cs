using AdvFit.Learning.Attacks.Common;

namespace AdvFit.Learning.Attacks.CarliniWagner;

/// <summary>
/// Carlini and Wagner's L2 attack as data: by Adam, as its authors and Foolbox have it, or by line search, as ART has it.
/// </summary>
public sealed class CarliniWagnerDefinition() : AttackDefinition<CarliniWagnerParameters>(
    "carlini-wagner",
    "Carlini-Wagner L2",
    "Carlini and Wagner (2017), Towards evaluating the robustness of neural networks, arXiv:1608.04644",
    ("paper",
        "Deniz et al. (2020) give no parameters; the defaults of ART, which they seem to have used, from 1.0 to 1.20.1, "
            + "CarliniL2Method",
        new()),
    ("reference", "The attack's authors, github.com/carlini/nn_robust_attacks, l2_attack.py", Authors),
    ("foolbox", "Foolbox 3.3.4, foolbox/attacks/carlini_wagner.py, L2CarliniWagnerAttack", Authors),
    ("art", "ART 1.20.1, art/attacks/evasion/carlini.py, CarliniL2Method", new()))
{
    private static readonly CarliniWagnerParameters Authors = new()
    {
        InitialConstant = 1e-3,
        BinarySearchSteps = 9,
        MaxIterations = 10_000,
        AbortEarly = true,
        LineSearch = false,
    };

    /// <inheritdoc/>
    protected override IAttack Make(CarliniWagnerParameters parameters) => new VerifiedAttack((set, _) =>
        parameters.LineSearch ? new LineSearchAttack(set, parameters) : new AdamAttack(set, parameters));

    /// <summary>Measured on LeNet-5: Adam is aborted after a third of its iterations; a line search tries six lengths.</summary>
    protected override int PassesPerSample(CarliniWagnerParameters parameters, int classes)
    {
        var iterations = (double)parameters.BinarySearchSteps * parameters.MaxIterations;
        var passes = parameters.LineSearch ? 7 * iterations
            : parameters.AbortEarly ? 2 * iterations / 3
            : 2 * iterations;
        return (int)Math.Min(passes, int.MaxValue / 2);
    }
}
