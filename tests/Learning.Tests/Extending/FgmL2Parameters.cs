using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace AdvFit.Learning.Tests.Extending;

/// <summary>Parameters of the fast gradient method.</summary>
public sealed record FgmL2Parameters
{
    [Description("L2 norm of the perturbation before it is clipped; a pixel ranges over [0, 1]")]
    [Range(0.0, 1000)]
    public double Epsilon { get; init; } = 0.3;
}
