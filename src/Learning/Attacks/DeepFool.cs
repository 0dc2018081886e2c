namespace AdvFit.Learning.Attacks;

/// <summary>Parameters of <see cref="DeepFool"/>.</summary>
/// <param name="MaxIterations">Most steps taken.</param>
/// <param name="Candidates">
/// How many of the classes that are likeliest at the start are considered, the label included; more than there are means all.
/// </param>
/// <param name="Overshoot">Share by which the perturbation is lengthened to cross the boundary.</param>
/// <param name="OvershootEachStep">
/// Whether each iterate is overshot, original + (1 + overshoot) x sum of steps, or only the final one.
/// </param>
/// <param name="StepMargin">Added to the length of each step, in L2 over pixels in [0, 1].</param>
public sealed record DeepFoolParameters(
    int MaxIterations, int Candidates, double Overshoot, bool OvershootEachStep, double StepMargin);

/// <summary>
/// DeepFool for the L2 norm, of Moosavi-Dezfooli et al. (2016), arXiv:1511.04599, algorithm 2: step to the nearest class
/// boundary of the linearised network, until the network itself is fooled. Profiles:
/// <list type="bullet">
/// <item><c>paper</c>: 100 iterations, all classes, no overshoot; Deniz et al. (2020), section 3. ART up to 1.3.0
/// (attacks/evasion/deepfool.py, attacks/deepfool.py before 1.1) changed the original in place, so that its final overshoot
/// of 1e-6 was of a perturbation of zero.</item>
/// <item><c>reference</c>: 50 iterations, 10 candidates, overshoot 0.02 and margin 1e-4 in each step; the authors'
/// Python/deepfool.py (github.com/LTS4/DeepFool, 2018-09-07), which does not clip.</item>
/// <item><c>foolbox</c>: the same; Foolbox 3.3.4, attacks/deepfool.py, L2DeepFoolAttack, which clips each iterate.</item>
/// <item><c>art</c>: 100 iterations, 10 candidates, final overshoot 1e-6; ART 1.20.1, attacks/evasion/deepfool.py. With fewer
/// candidates than classes ART considers the union of all images' candidates; here each image has its own.</item>
/// </list>
/// Every iterate is clipped to [0, 1]. The constants that the libraries add to norms lest they divide by zero (1e-8 in
/// Foolbox, 1e-7 in ART) are left out: a boundary without a gradient is never the nearest.
/// </summary>
/// <remarks>
/// Costs a query of the original and of each iterate but the last possible one, and for each step one gradient per other
/// candidate. Without overshoot an iterate can land exactly on the boundary, where the step is zero: such an image is given
/// up at once, as a failure. So is one without a gradient, or with one that is not finite.
/// </remarks>
public sealed class DeepFool : IAttack
{
    private readonly DeepFoolParameters _parameters;

    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public DeepFool(DeepFoolParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfLessThan(parameters.MaxIterations, 1, nameof(parameters.MaxIterations));
        ArgumentOutOfRangeException.ThrowIfLessThan(parameters.Candidates, 2, nameof(parameters.Candidates));
        if (!(parameters.Overshoot is >= 0 and <= 10 && parameters.StepMargin is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(parameters), parameters, "Overshoot must be in [0, 10] and the step margin in [0, 1].");
        }

        _parameters = parameters;
    }

    public AttackResult Craft(
        IDifferentiableClassifier classifier, ReadOnlySpan<float> images, ReadOnlySpan<byte> labels,
        SampleStreams streams, CancellationToken cancellation = default) =>
        Crafting.Run(classifier, images, labels, streams, set => new DeepFoolSteps(set, _parameters), cancellation);
}
