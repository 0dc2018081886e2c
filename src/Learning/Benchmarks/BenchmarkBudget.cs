namespace AdvFit.Learning.Benchmarks;

/// <summary>How long to measure.</summary>
/// <param name="Figure">Each figure of a whole network, of an attack, ..</param>
/// <param name="Kernel">Each kernel of a layer.</param>
public sealed record BenchmarkBudget(TimeSpan Figure, TimeSpan Kernel)
{
    /// <summary>For figures to be compared.</summary>
    public static BenchmarkBudget Full { get; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(0.12));

    /// <summary>For a first look; long enough for the compiler to have optimised what is measured.</summary>
    public static BenchmarkBudget Quick { get; } = new(TimeSpan.FromSeconds(0.4), TimeSpan.FromSeconds(0.01));
}
