using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using AdvFit.Learning.Randomness;

namespace AdvFit.Learning.Attacks.HopSkipJump;

/// <summary>Parameters of HopSkipJump.</summary>
public sealed record HopSkipJumpParameters
{
    [Description("most steps along an estimated gradient")]
    [Range(1, 1_000_000)]
    public int MaxIterations { get; init; } = 50;

    [Description("queries of the first estimate; estimate t takes sqrt(t) times as many")]
    [Range(1, 1_000_000)]
    public int InitialGradientQueries { get; init; } = 100;

    [Description("most queries of an estimate")]
    [Range(1, 1_000_000)]
    public int MaxGradientQueries { get; init; } = 10_000;

    [Description("numerator of theta = gamma / d^exponent for d pixels, how near to the boundary a bisection ends, as a share "
        + "of the distance")]
    [Range(1e-9, 1000)]
    public double Gamma { get; init; } = 0.01;

    [Description("exponent of theta")]
    [Range(0.0, 3)]
    public double DimensionExponent { get; init; } = 0.5;

    [Description("most images of noise tried to start from")]
    [Range(1, 1_000_000)]
    public int StartTrials { get; init; } = 100;

    [Description("equally spaced blends of image and noise tried until one is adversarial; 0 bisects to 1/1000 instead")]
    [Range(0, 1_000_000)]
    public int BlendSteps { get; init; }

    [Description("most queries of an image, all told")]
    [Range(1, RandomStream.LargestPart)]
    public int QueryBudget { get; init; } = 1_000_000;
}
