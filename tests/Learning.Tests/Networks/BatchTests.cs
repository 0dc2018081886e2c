using AdvFit.Learning.Kernels;
using AdvFit.Learning.Networks;
using AdvFit.Learning.Networks.Layers;
using AdvFit.Learning.Randomness;
using AdvFit.Learning.Training;
using AdvFit.Messages;

namespace AdvFit.Learning.Tests.Networks;

/// <summary>Layers in which the images of a training batch see each other, and those that draw numbers.</summary>
public sealed class BatchTests
{
    private static readonly NetworkDefinition s_normalised = new(
        "normalised", new ImageShape(2, 4, 3),
        [new Convolution("c", 3, 2, Bias: false), new BatchNormalization("bn", 0.01), new Activation(ActivationKind.Tanh), new Linear("l", 3)]);

    [Theory]
    [InlineData(5)]
    [InlineData(40)]
    public void Gradients_of_a_normalised_batch_are_the_central_differences_of_its_loss(int batch)
    {
        var (network, pass, weights, labels) = Filled(s_normalised, batch);
        var gradients = new Parameters(s_normalised);
        Loss(pass, batch, labels);
        pass.Backward(gradients);
        foreach (var parameter in s_normalised.Parameters.Where(parameter => parameter.IsTrained))
        {
            for (var i = 0; i < parameter.Length; i++)
            {
                // The step is large, for single precision.
                const float step = 1 / 64f;
                var value = weights[parameter][i];
                var expected = (LossAt(parameter, i, value + step) - LossAt(parameter, i, value - step)) / (2 * step);
                weights[parameter][i] = value;
                ((double)gradients[parameter][i]).ShouldBe(expected, 1e-3, $"{parameter.Name}, value {i}");
            }
        }

        double LossAt(ParameterShape parameter, int index, float value)
        {
            weights[parameter][index] = value;
            network.Load(weights);
            return Loss(pass, batch, labels) / batch;
        }
    }

    [Fact]
    public void Running_statistics_are_averages_of_the_batches()
    {
        const int batch = 37;
        var (_, pass, weights, labels) = Filled(s_normalised, batch);
        var values = new List<double>[3].Select(_ => new List<double>()).ToArray();
        Loss(pass, batch, labels);
        foreach (var (tile, index) in pass.Tiles.Select((tile, index) => (tile, index)))
        {
            var convolved = tile.BuffersOf(0).Output.Span;
            for (var at = 0; at < convolved.Length; at++)
            {
                if (index * Tile.Lanes + at % Tile.Lanes < batch)
                {
                    values[at / Tile.Lanes / 6].Add(convolved[at]);
                }
            }
        }

        for (var channel = 0; channel < 3; channel++)
        {
            var mean = values[channel].Average();
            var variance = values[channel].Sum(value => (value - mean) * (value - mean)) / (values[channel].Count - 1);
            ((double)Of(weights, "bn.running_mean")[channel]).ShouldBe(0.1 * mean, 1e-6);
            ((double)Of(weights, "bn.running_var")[channel]).ShouldBe(0.9 + 0.1 * variance, 1e-6);
        }
    }

    [Fact]
    public void Dropout_scales_what_it_keeps_and_draws_by_step_and_shuffle()
    {
        var network = new NetworkDefinition(
            "dropping", new ImageShape(1, 40, 40), [new Convolution("c", 1, 1), new Dropout(0.25), new Linear("l", 2)]);
        var first = Dropped(network, step: 1);
        first.Count(factor => factor == 0).ShouldBeInRange(280, 520);
        first.ShouldAllBe(factor => factor == 0 || factor == 1 / 0.75f);
        Dropped(network, step: 1).ShouldBe(first);
        Dropped(network, step: 2).ShouldNotBe(first);
    }

    private static float[] Dropped(NetworkDefinition network, int step)
    {
        var weights = new Parameters(network);
        Of(weights, "c.bias").Fill(1);
        var runnable = new Network(network);
        runnable.Load(weights);
        var pass = new TrainingPass(runnable, 1, weights);
        pass.Begin(new RandomStream(1, 1, new(1000), step));
        pass.Forward(1);
        return TestNetworks.Lane(pass.Tiles[0].BuffersOf(1).Output.Span, 0, Tile.Lanes);
    }

    private static double Loss(TrainingPass pass, int batch, byte[] labels)
    {
        pass.Forward(batch);
        return pass.Tiles.Select((tile, index) => tile.CrossEntropy(
            labels.AsSpan(index * Tile.Lanes, Math.Min(Tile.Lanes, batch - index * Tile.Lanes)), batch)).Sum();
    }

    private static (Network, TrainingPass, Parameters, byte[]) Filled(NetworkDefinition definition, int batch)
    {
        var weights = Parameters.Initialize(definition, 5, 1);
        var network = new Network(definition);
        network.Load(weights);
        var pass = new TrainingPass(network, (batch + Tile.Lanes - 1) / Tile.Lanes, weights);
        var pixels = TestNetworks.Images(5, 1, batch, definition.Input);
        foreach (var (index, images) in pixels.Chunk(Tile.Lanes * definition.Input.Length).Index())
        {
            TestNetworks.Fill(pass.Tiles[index], images, definition.Input.Length);
        }

        return (network, pass, weights, [.. Enumerable.Range(0, batch).Select(i => (byte)(i % definition.Classes))]);
    }

    private static Span<float> Of(Parameters weights, string name) =>
        weights[weights.Network.Parameters.Single(parameter => parameter.Name == name)];
}
