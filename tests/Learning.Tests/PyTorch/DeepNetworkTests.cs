using System.Collections.Immutable;
using System.Text.Json;
using AdvFit.Learning.Networks;
using AdvFit.Learning.Networks.Layers;
using AdvFit.Learning.Randomness;
using AdvFit.Learning.Tests.Networks;
using AdvFit.Learning.Training;
using AdvFit.Learning.Training.Optimizers;
using AdvFit.Messages;

namespace AdvFit.Learning.Tests.PyTorch;

/// <summary>The catalogue's deep networks against torchvision's: same names, shapes, weights and images.</summary>
public sealed class DeepNetworkTests
{
    private const ulong Seed = 2020;
    private const int Shuffle = 3;

    private static readonly JsonElement s_cases =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "PyTorch", "deep.json"))).RootElement;

    public static TheoryData<string> Names => [.. s_cases.EnumerateArray().Select(c => c.GetProperty("network").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void In_evaluation_logits_loss_and_input_gradient_agree(string name)
    {
        var (reference, definition, weights, images, labels) = Setup(name);
        var tile = Evaluated(definition, weights, images, labels);
        for (var i = 0; i < labels.Length * definition.Classes; i++)
        {
            var expected = reference.GetProperty("logits")[i].GetDouble();
            ((double)tile.Logits[i % definition.Classes * tile.Lanes + i / definition.Classes]).ShouldBe(
                expected, 2e-5 * Math.Max(1, Math.Abs(expected)), $"logit {i}");
        }

        (tile.CrossEntropy(labels, labels.Length) / labels.Length).ShouldBe(reference.GetProperty("loss").GetDouble(), 1e-4);
        tile = Evaluated(Smooth(definition), weights, images, labels);
        tile.CrossEntropy(labels, labels.Length);
        tile.Backward();
        Agree(
            reference.GetProperty("inputGradient"),
            [.. Enumerable.Range(0, labels.Length).SelectMany(lane => TestNetworks.Lane(tile.PixelGradients, lane, tile.Lanes))],
            1e-3, "input gradient");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void In_training_losses_every_weight_gradient_and_the_running_statistics_agree(string name)
    {
        var (reference, definition, weights, images, labels) = Setup(name);
        definition = Smooth(definition);
        var training = new TrainingSpec(1, labels.Length, 0.001) { Epsilon = 0.1 };
        var trainer = new Trainer(new Network(definition), weights, Optimizer.Create(definition, training), training);
        // Ninety layers that each divide by the spread of a few numbers make much of the last bit.
        var tolerance = name == "inception-v3" ? 0.03 : 2e-4;
        var losses = new List<double>();
        for (var step = 0; step < 3; step++)
        {
            losses.Add(trainer.Step(images, [.. Enumerable.Range(0, labels.Length)]) / labels.Length);
            if (step == 0)
            {
                foreach (var parameter in definition.Parameters.Where(parameter => parameter.IsTrained))
                {
                    Agree(
                        reference.GetProperty("weightGradients").GetProperty(parameter.Name),
                        trainer.Gradients[parameter], tolerance, parameter.Name);
                }
            }
        }

        losses.ShouldBe(reference.GetProperty("losses").EnumerateArray().Select(loss => loss.GetDouble()), 2e-3);
        foreach (var parameter in definition.Parameters.Where(parameter => parameter.Role == ParameterRole.Statistic))
        {
            Agree(reference.GetProperty("statistics").GetProperty(parameter.Name), weights[parameter], tolerance, parameter.Name);
        }

        foreach (var counter in definition.Parameters.Where(parameter => parameter.Role == ParameterRole.Counter))
        {
            weights[counter][0].ShouldBe(3);
        }
    }

    private static (JsonElement, NetworkDefinition, Parameters, FloatImages, byte[]) Setup(string name)
    {
        var reference = s_cases.EnumerateArray().Single(c => c.GetProperty("network").GetString() == name);
        var (side, batch) = (reference.GetProperty("side").GetInt32(), reference.GetProperty("batch").GetInt32());
        var shape = new ImageShape(3, side, side);
        var definition = NetworkCatalog.Create(name, shape, reference.GetProperty("classes").GetInt32());
        // Dropout draws its own numbers.
        definition = new NetworkDefinition(name, shape, [.. definition.Layers.Where(layer => layer is not Dropout)]);
        var labels = Enumerable.Range(0, batch).Select(i => (byte)(i % definition.Classes)).ToArray();
        return (
            reference, definition, Draw(definition),
            new FloatImages(TestNetworks.Images(Seed, Shuffle, batch, shape), labels, shape.Length), labels);
    }

    private static NetworkTile Evaluated(NetworkDefinition definition, Parameters weights, FloatImages images, byte[] labels)
    {
        var network = new Network(definition);
        network.Load(weights);
        var tile = network.CreateTile();
        images.Fill(tile, [.. Enumerable.Range(0, labels.Length)], new byte[labels.Length]);
        tile.Forward();
        return tile;
    }

    /// <summary>As in the script, with tanh in place of ReLU: rounding turns none on or off.</summary>
    private static NetworkDefinition Smooth(NetworkDefinition definition) =>
        new(definition.Name, definition.Input, [.. Smooth(definition.Layers)]);

    private static IEnumerable<LayerDefinition> Smooth(IEnumerable<LayerDefinition> layers) => layers.Select(layer => layer switch
    {
        Activation => new Activation(ActivationKind.Tanh),
        Branches branches => branches with { Paths = [.. branches.Paths.Select(path => Smooth(path).ToImmutableArray())] },
        _ => layer,
    });

    /// <summary>The weights that the script draws.</summary>
    private static Parameters Draw(NetworkDefinition definition)
    {
        var weights = new Parameters(definition);
        foreach (var (number, parameter) in definition.Parameters.Where(shape => shape.Role != ParameterRole.Counter).Index())
        {
            var random = new RandomStream(Seed, Shuffle, new(3), number);
            var scale = (float)Math.Sqrt(6.0 / parameter.Shape[1..].Aggregate(1, (product, size) => product * size));
            foreach (ref var value in weights[parameter])
            {
                var draw = 2 * random.NextSingle() - 1;
                value = parameter.Role == ParameterRole.Statistic && parameter.Name.EndsWith("var", StringComparison.Ordinal)
                    ? 1 + 0.25f * draw
                    : parameter.Shape.Length > 1 ? draw * scale
                    : (parameter.Name.EndsWith("weight", StringComparison.Ordinal) ? 1 : 0) + 0.25f * draw;
            }
        }

        return weights;
    }

    /// <param name="tolerance">As a share of the root mean square.</param>
    private static void Agree(JsonElement summary, ReadOnlySpan<float> values, double tolerance, string what)
    {
        var expected = summary.GetProperty("values");
        var allowed = tolerance * (summary.GetProperty("norm").GetDouble() / Math.Sqrt(values.Length) + 1e-4);
        for (var i = 0; i < expected.GetArrayLength(); i++)
        {
            ((double)values[i * summary.GetProperty("step").GetInt32()]).ShouldBe(expected[i].GetDouble(), allowed, $"{what}, value {i}");
        }
    }
}
