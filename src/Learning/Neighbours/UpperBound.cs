namespace AdvFit.Learning.Neighbours;

/// <summary>Bounds in doubles that were rounded a few times on their way.</summary>
internal static class UpperBound
{
    /// <summary>The number, which is not negative, and a thousand times the rounding of a double more.</summary>
    public static double Of(double value) => value * (1 + 1e-12);
}
