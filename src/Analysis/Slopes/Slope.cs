namespace AdvFit.Analysis.Slopes;

/// <summary>S_j = A_j / A_(j+2) of one subset of one shuffle (Deniz et al. 2020, section 4.1).</summary>
/// <param name="J">j, the smaller number of neighbours.</param>
/// <param name="Kind">What the quotient is.</param>
/// <param name="Value">Its value where it is finite; else why there is none.</param>
public sealed record Slope(int J, SlopeKind Kind, ValueOrReason<double> Value)
{
    /// <summary>The slope of exact counts; the subset's size cancels.</summary>
    /// <param name="j">The smaller number of neighbours.</param>
    /// <param name="correct">Samples classified correctly at K = j.</param>
    /// <param name="correctBefore">Samples classified correctly at K = j + 2.</param>
    /// <param name="samples">Size of the subset.</param>
    internal static Slope Of(int j, int correct, int correctBefore, int samples)
    {
        return (samples, correct, correctBefore) switch
        {
            (0, _, _) => Without(SlopeKind.Empty, "the subset is empty"),
            (_, 0, 0) => Without(SlopeKind.Undefined, $"A_{j} and A_{j + 2} are both 0, so S_{j} would be 0/0"),
            (_, _, 0) => Without(SlopeKind.Infinite, $"A_{j + 2} is 0, so S_{j} is infinite"),
            _ => new Slope(j, SlopeKind.Finite, ValueOrReason.Of((double)correct / correctBefore)),
        };

        Slope Without(SlopeKind kind, string reason) => new(j, kind, ValueOrReason.Absent<double>(reason));
    }
}

/// <summary>What a slope is.</summary>
public enum SlopeKind
{
    /// <summary>A number.</summary>
    Finite,

    /// <summary>Its denominator is 0, its numerator is not.</summary>
    Infinite,

    /// <summary>0/0.</summary>
    Undefined,

    /// <summary>The subset has no sample.</summary>
    Empty,
}
