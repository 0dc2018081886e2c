using System.Collections.Immutable;
using AdvFit.Learning.Kernels;
using AdvFit.Learning.Networks;

namespace AdvFit.Learning.Benchmarks;

/// <summary>What a machine does with AdvFit.</summary>
/// <param name="Width">Vector width that was used.</param>
/// <param name="PeakFlops">Fused multiply-adds of one core, a multiply-add being two operations, per second.</param>
/// <param name="Networks">The networks, each on one core.</param>
/// <param name="Scaling">The first network on all cores.</param>
/// <param name="Attacks">Every attack on the first network, on one core.</param>
/// <param name="Neighbours">Nearest neighbours, on one core.</param>
public sealed record MachineTimings(
    VectorWidth Width, double PeakFlops, ImmutableArray<NetworkTimings> Networks, ScalingTimings Scaling,
    ImmutableArray<AttackTiming> Attacks, ImmutableArray<NeighbourTiming> Neighbours);

/// <summary>Measures a machine: the self-test of <c>advfit bench</c>.</summary>
public static class MachineBenchmark
{
    /// <summary>The networks that are measured: small ones, for an attack on them is measured as well.</summary>
    public static IReadOnlyList<string> Networks { get; } = ["lenet5", "lenet5-wide"];

    /// <summary>CIFAR-10's.</summary>
    private static readonly ImageShape Shape = new(3, 32, 32);

    private const int Classes = 10;

    /// <param name="networks">Names of the catalog; at least one.</param>
    /// <param name="threads">Threads to use at once where scaling is measured.</param>
    /// <param name="progress">Called with the name of what is measured next.</param>
    public static MachineTimings Run(
        IReadOnlyList<string> networks, BenchmarkBudget budget, int threads, Action<string> progress)
    {
        var width = VectorWidths.Widest;
        progress("the peak of one core");
        var peak = PeakFlops.Measure(width, budget.Figure);
        var timings = networks.Select(name =>
        {
            progress(name);
            return NetworkBenchmark.Run(NetworkCatalog.Create(name, Shape, Classes), width, budget);
        }).ToImmutableArray();
        progress("all cores at once");
        var scaling = ScalingBenchmark.Run(timings[0].Network, width, threads, 2 * budget.Figure);
        progress("attacks");
        var attacks = AttackBenchmark.Run(networks[0], width, 4 * budget.Figure);
        progress("nearest neighbours");
        var neighbours = NeighbourBenchmark.Run(width, budget.Figure);
        progress("the peak of one core, again");
        // Other programs may have slowed the first measurement.
        peak = Math.Max(peak, PeakFlops.Measure(width, budget.Figure));
        return new MachineTimings(width, peak, timings, scaling, attacks, neighbours);
    }
}
