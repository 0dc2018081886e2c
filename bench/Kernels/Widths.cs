using AdvFit.Learning.Kernels;

namespace AdvFit.Kernels;

/// <summary>The vector widths that this processor has.</summary>
public static class Widths
{
    public static IEnumerable<VectorWidth> All { get; } =
        [.. Enum.GetValues<VectorWidth>().Where(width => width <= VectorWidths.Widest)];
}
