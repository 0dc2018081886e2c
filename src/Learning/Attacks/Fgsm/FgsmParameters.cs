using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace AdvFit.Learning.Attacks.Fgsm;

/// <summary>Parameters of the fast gradient sign method.</summary>
public sealed record FgsmParameters
{
    [Description("largest change of a pixel; a pixel ranges over [0, 1]")]
    [Range(0.0, 1)]
    public double Epsilon { get; init; } = 0.1;

    [Description("equally spaced sizes tried up to epsilon, ending at the first that succeeds; 1 tries epsilon only")]
    [Range(1, 1_000_000)]
    public int SearchSteps { get; init; } = 1;

    [Description("when one of so many first sizes succeeds, that many smaller ones are tried up to it; 0 does not refine")]
    [Range(0, 1_000_000)]
    public int RefinementSteps { get; init; }
}
