namespace AdvFit.Learning.Attacks;

/// <summary>Parameters of <see cref="HopSkipJump"/>.</summary>
/// <param name="MaxIterations">Most steps along an estimated gradient.</param>
/// <param name="InitialGradientQueries">Queries of the first estimate; estimate t takes sqrt(t) times as many.</param>
/// <param name="MaxGradientQueries">Most queries of an estimate.</param>
/// <param name="Gamma">Numerator of theta, how near to the boundary a bisection ends: gamma / d^exponent, d pixels.</param>
/// <param name="DimensionExponent">Exponent of theta.</param>
/// <param name="StartTrials">Most images of noise tried to start from.</param>
/// <param name="BlendSteps">
/// Equally spaced blends of image and noise tried, until one is adversarial; 0 bisects to 1/1000 instead.
/// </param>
/// <param name="QueryBudget">Most queries of an image, all told.</param>
public sealed record HopSkipJumpParameters(
    int MaxIterations, int InitialGradientQueries, int MaxGradientQueries, double Gamma, double DimensionExponent,
    int StartTrials, int BlendSteps, int QueryBudget);

/// <summary>
/// HopSkipJump for the L2 norm, untargeted, of Chen, Jordan and Wainwright (2019), arXiv:1904.02144, algorithm 2: from a
/// blend with uniform noise, bisect to the boundary, estimate its normal from decisions alone, step along it, and again. It
/// sees of the classifier only which class it predicts.
/// </summary>
/// <remarks>
/// Directions have independent uniform coordinates, scaled to length 1; the article draws them uniformly from the sphere,
/// from which they cannot be told apart with many pixels. An estimate that the budget cannot hold is cut to what leaves room
/// for the step and the bisection. The nearest point found is the result, where the authors and the libraries return the
/// last. Costs queries only, and never more than the budget. An image for which no noise is adversarial, or whose logits stop
/// being finite before, is a failure and stays as it was.
/// </remarks>
public sealed class HopSkipJump : IAttack
{
    /// <summary>The largest budget: a query's number has 24 bits in its random stream.</summary>
    public const int LargestBudget = (1 << 24) - 1;

    private readonly HopSkipJumpParameters _parameters;

    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public HopSkipJump(HopSkipJumpParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfLessThan(parameters.MaxIterations, 1, nameof(parameters.MaxIterations));
        ArgumentOutOfRangeException.ThrowIfLessThan(
            parameters.InitialGradientQueries, 1, nameof(parameters.InitialGradientQueries));
        ArgumentOutOfRangeException.ThrowIfLessThan(
            parameters.MaxGradientQueries, parameters.InitialGradientQueries, nameof(parameters.MaxGradientQueries));
        ArgumentOutOfRangeException.ThrowIfLessThan(parameters.StartTrials, 1, nameof(parameters.StartTrials));
        ArgumentOutOfRangeException.ThrowIfNegative(parameters.BlendSteps, nameof(parameters.BlendSteps));
        ArgumentOutOfRangeException.ThrowIfLessThan(parameters.QueryBudget, 1, nameof(parameters.QueryBudget));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(
            parameters.QueryBudget, LargestBudget, nameof(parameters.QueryBudget));
        if (!(parameters.Gamma is > 0 and <= 1000 && parameters.DimensionExponent is >= 0 and <= 3))
        {
            throw new ArgumentOutOfRangeException(
                nameof(parameters), parameters, "Gamma must be in (0, 1000] and the dimension exponent in [0, 3].");
        }

        _parameters = parameters;
    }

    public AttackResult Craft(
        IDifferentiableClassifier classifier, ReadOnlySpan<float> images, ReadOnlySpan<byte> labels,
        SampleStreams streams, CancellationToken cancellation = default) =>
        Crafting.Run(
            classifier, images, labels, streams, set => new HopSkipJumpSteps(set, _parameters, streams), cancellation);
}
