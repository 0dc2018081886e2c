using System.Collections.Immutable;
using AdvFit.Learning.Kernels;
using AdvFit.Learning.Networks;

namespace AdvFit.Learning.Benchmarks;

/// <summary>What one network takes on one core, in tiles of 32 images.</summary>
/// <param name="Network">The network.</param>
/// <param name="TrainingStep">A step of Adam at batch 32, from bytes to new weights.</param>
/// <param name="Forward">A forward pass of 32 images.</param>
/// <param name="ForwardAndGradient">A forward pass of 32 images and the gradient of their pixels.</param>
/// <param name="Kernels">The parts of a training step and of an attack's gradient, layer by layer.</param>
public sealed record NetworkTimings(
    NetworkDefinition Network, Measured TrainingStep, Measured Forward, Measured ForwardAndGradient,
    ImmutableArray<KernelTiming> Kernels);

/// <summary>Work and the time it took.</summary>
/// <param name="Seconds">Wall-clock time.</param>
/// <param name="Flops">Floating-point operations that the definition asks for, a multiply-add being two.</param>
public readonly record struct Measured(double Seconds, double Flops)
{
    /// <summary>Floating-point operations per second.</summary>
    public double Rate => Flops / Seconds;
}

/// <summary>One kernel of one layer.</summary>
/// <param name="Layer">The layer's name or kind, with its output shape.</param>
/// <param name="Kernel"><c>forward</c>, <c>input gradient</c>, <c>weight gradient</c> or <c>take over weights</c>.</param>
/// <param name="Bytes">Inputs, weights and outputs, each counted once: what has to move at least.</param>
public sealed record KernelTiming(string Layer, string Kernel, Measured Work, double Bytes);

/// <summary>Measures a network on random images.</summary>
public static class NetworkBenchmark
{
    public static NetworkTimings Run(NetworkDefinition definition, VectorWidth width, BenchmarkBudget budget)
    {
        var steps = new RepeatedStep(definition, width);
        var network = steps.Trainer.Network;
        var (tile, labels) = (network.CreateTile(), new byte[Tile.Lanes]);
        steps.Images.Fill(tile, steps.Batch, labels);
        tile.Forward();
        tile.CrossEntropy(labels, Tile.Lanes);

        var forwardFlops = 2.0 * Tile.Lanes * definition.MultiplyAdds;
        var firstLayerFlops = 2.0 * Tile.Lanes * definition.Layers[0].MultiplyAdds(definition.Input);
        return new NetworkTimings(
            definition,
            new(Timing.Fastest(steps.Take, budget.Figure), 3 * forwardFlops - firstLayerFlops),
            new(Timing.Fastest(tile.Forward, budget.Figure), forwardFlops),
            new(Timing.Fastest(
                () =>
                {
                    tile.Forward();
                    tile.Backward();
                }, budget.Figure), 2 * forwardFlops),
            [.. Kernels(network, tile, steps.Trainer.Weights, budget.Kernel)]);
    }

    private static IEnumerable<KernelTiming> Kernels(
        Network network, NetworkTile tile, Parameters weights, TimeSpan budget)
    {
        var gradients = new Parameters(network.Definition);
        for (var i = 0; i < network.Layers.Count; i++)
        {
            var (layer, buffers) = (network.Layers[i], tile.BuffersOf(i));
            var values = (layer.Input.Length + layer.Output.Length) * Tile.Lanes;
            var parameters = layer.Definition.Parameters(layer.Input).Sum(parameter => parameter.Length);
            var flops = 2.0 * Tile.Lanes * layer.Definition.MultiplyAdds(layer.Input);
            var bytes = sizeof(float) * ((double)values + parameters);
            yield return Time("forward", () => layer.Forward(buffers));
            yield return Time("input gradient", () => layer.BackwardInput(buffers));
            if (parameters > 0)
            {
                yield return Time("weight gradient", () => layer.BackwardParameters(buffers, gradients));
                (flops, bytes) = (0, 2.0 * sizeof(float) * parameters);
                yield return Time("take over weights", () => layer.ParametersChanged(weights));
            }

            KernelTiming Time(string kernel, Action action) =>
                new(layer.Definition.Describe(layer.Input), kernel, new Measured(Timing.Fastest(action, budget), flops), bytes);
        }
    }
}
