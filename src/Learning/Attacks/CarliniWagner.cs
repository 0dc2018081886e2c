namespace AdvFit.Learning.Attacks;

/// <summary>Parameters of <see cref="CarliniWagner"/>.</summary>
/// <param name="Confidence">Kappa: by how much another logit must exceed the label's.</param>
/// <param name="InitialConstant">First c, the weight of the classifier's part of the loss.</param>
/// <param name="BinarySearchSteps">How many constants are tried.</param>
/// <param name="MaxIterations">Most iterates tried with each constant.</param>
/// <param name="LearningRate">Adam's, in tanh space.</param>
/// <param name="AbortEarly">
/// Whether a constant is done with when the loss has not fallen by 0.01% in a tenth of the iterations.
/// </param>
public sealed record CarliniWagnerParameters(
    double Confidence, double InitialConstant, int BinarySearchSteps, int MaxIterations, double LearningRate,
    bool AbortEarly);

/// <summary>
/// The L2 attack of Carlini and Wagner (2017), arXiv:1608.04644, sections V and VI.A, untargeted: minimise
/// |x' - x|^2 + c max(0, Z_label - max Z_other + kappa) over x' = (tanh w + 1) / 2 with Adam, for the smallest c that finds an
/// adversarial example; the nearest one over all iterates is the result.
/// </summary>
/// <remarks>
/// Each image has its own c, its own Adam and its own early abort; the libraries abort on the loss of the whole batch. Costs
/// a query of the original and of each iterate, and a gradient of each iterate that is not adversarial by kappa: where the
/// classifier's part of the loss is 0, so is its gradient. An image for which nothing is found, or whose gradient or logits
/// stop being finite before, is a failure and stays as it was.
/// </remarks>
public sealed class CarliniWagner : IAttack
{
    private readonly CarliniWagnerParameters _parameters;

    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public CarliniWagner(CarliniWagnerParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfLessThan(parameters.BinarySearchSteps, 1, nameof(parameters.BinarySearchSteps));
        ArgumentOutOfRangeException.ThrowIfLessThan(parameters.MaxIterations, 1, nameof(parameters.MaxIterations));
        if (!(parameters.Confidence is >= 0 and <= 1e6 && parameters.InitialConstant is > 0 and <= 1e9
            && parameters.LearningRate is > 0 and <= 10))
        {
            throw new ArgumentOutOfRangeException(
                nameof(parameters), parameters,
                "Confidence must be in [0, 1e6], the initial constant in (0, 1e9] and the learning rate in (0, 10].");
        }

        _parameters = parameters;
    }

    public AttackResult Craft(
        IDifferentiableClassifier classifier, ReadOnlySpan<float> images, ReadOnlySpan<byte> labels,
        SampleStreams streams, CancellationToken cancellation = default) =>
        Crafting.Run(classifier, images, labels, streams, set => new CarliniWagnerSteps(set, _parameters), cancellation);
}
