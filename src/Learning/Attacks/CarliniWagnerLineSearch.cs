namespace AdvFit.Learning.Attacks;

/// <summary>Parameters of <see cref="CarliniWagnerLineSearch"/>.</summary>
/// <param name="Confidence">Kappa: by how much another logit must exceed the label's.</param>
/// <param name="InitialConstant">First c, the weight of the classifier's part of the loss.</param>
/// <param name="BinarySearchSteps">How many constants are tried.</param>
/// <param name="MaxIterations">Gradients followed with each constant.</param>
/// <param name="LearningRate">First length tried along a gradient, in tanh space.</param>
/// <param name="MaxHalvings">Lengths tried while the loss does not fall, each half of the last.</param>
/// <param name="MaxDoublings">Lengths tried while the loss falls further, each twice the last.</param>
public sealed record CarliniWagnerLineSearchParameters(
    double Confidence, double InitialConstant, int BinarySearchSteps, int MaxIterations, double LearningRate,
    int MaxHalvings, int MaxDoublings);

/// <summary>
/// The loss of Carlini and Wagner (2017), arXiv:1608.04644, minimised as ART does (1.20.1, attacks/evasion/carlini.py,
/// CarliniL2Method): no Adam, but steps along the gradient, as long as a search that halves or doubles their length says.
/// </summary>
/// <remarks>
/// ART follows each image on its own in this, and so its way is kept, even where it differs from what it describes: after a
/// length that did not help the loss to beat is that of the last trial, and the lower bound of c is the constant tried next,
/// not the one that failed. One thing is mended: the distance kept for the best pixels is theirs, not that of a trial. Costs
/// a query of the original, of each start, trial and step, and a gradient for each step. An image for which nothing is
/// found, or whose gradient or logits stop being finite before, is a failure and stays as it was.
/// </remarks>
public sealed class CarliniWagnerLineSearch : IAttack
{
    private readonly CarliniWagnerLineSearchParameters _parameters;

    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public CarliniWagnerLineSearch(CarliniWagnerLineSearchParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfLessThan(parameters.BinarySearchSteps, 1, nameof(parameters.BinarySearchSteps));
        ArgumentOutOfRangeException.ThrowIfLessThan(parameters.MaxIterations, 1, nameof(parameters.MaxIterations));
        ArgumentOutOfRangeException.ThrowIfLessThan(parameters.MaxHalvings, 1, nameof(parameters.MaxHalvings));
        ArgumentOutOfRangeException.ThrowIfNegative(parameters.MaxDoublings, nameof(parameters.MaxDoublings));
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
        Crafting.Run(classifier, images, labels, streams, set => new LineSearchSteps(set, _parameters), cancellation);
}
