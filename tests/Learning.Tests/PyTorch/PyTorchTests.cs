using System.Text.Json;
using AdvFit.Learning.Networks;
using AdvFit.Learning.Tests.Networks;
using AdvFit.Learning.Training;
using AdvFit.Learning.Training.Optimizers;
using AdvFit.Messages;

namespace AdvFit.Learning.Tests.PyTorch;

/// <summary>The engine against PyTorch: same weights, same batch, same arithmetic to float tolerance.</summary>
public sealed class PyTorchTests
{
    private static readonly JsonElement s_cases =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "PyTorch", "reference.json"))).RootElement;

    public static TheoryData<string> Names => [.. s_cases.EnumerateArray().Select(c => c.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Logits_loss_and_gradients_agree(string name)
    {
        var setup = new Setup(name);
        var pass = new TrainingPass(setup.Network, 1, setup.Weights);
        var tile = pass.Tiles[0];
        var loss = 0.0;
        Parameters? gradients = null;
        for (var start = 0; start < setup.Batch; start += tile.Lanes)
        {
            var count = Math.Min(tile.Lanes, setup.Batch - start);
            var labels = new byte[count];
            setup.Images.Fill(tile, [.. Enumerable.Range(start, count)], labels);
            pass.Forward(count);
            for (var lane = 0; lane < count; lane++)
            {
                for (var k = 0; k < setup.Definition.Classes; k++)
                {
                    var expected = setup.Case.GetProperty("logits")[(start + lane) * setup.Definition.Classes + k].GetDouble();
                    ((double)tile.Logits[k * tile.Lanes + lane]).ShouldBe(expected, 2e-6);
                }
            }

            loss += tile.CrossEntropy(labels, setup.Batch);
            var part = new Parameters(setup.Definition);
            pass.Backward(part);
            gradients = gradients is null ? part : Sum(gradients, part);
            tile.Backward();
            Agree(setup.Case.GetProperty("inputGradient"), PixelGradients(tile, count), start * setup.Definition.Input.Length);
        }

        (loss / setup.Batch).ShouldBe(setup.Case.GetProperty("loss").GetDouble(), 1e-6);
        foreach (var parameter in setup.Definition.Parameters)
        {
            Agree(setup.Case.GetProperty("weightGradients").GetProperty(parameter.Name), gradients![parameter]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Weights_agree_after_20_steps_of_Adam(string name) => TrainAndCompare(name, "adam20");

    [Theory]
    [MemberData(nameof(Names))]
    public void Weights_agree_after_3_steps_with_the_published_epsilon(string name) => TrainAndCompare(name, "adamDefault");

    private static void TrainAndCompare(string name, string run)
    {
        var setup = new Setup(name);
        var expected = setup.Case.GetProperty(run);
        var training = new TrainingSpec(1, setup.Batch, 0.003) { Epsilon = expected.GetProperty("epsilon").GetDouble() };
        var trainer = new Trainer(setup.Network, setup.Weights, Optimizer.Create(setup.Definition, training), training);
        var batch = Enumerable.Range(0, setup.Batch).ToArray();
        foreach (var loss in expected.GetProperty("losses").EnumerateArray())
        {
            (trainer.Step(setup.Images, batch) / setup.Batch).ShouldBe(loss.GetDouble(), 1e-4);
        }

        // A step moves a weight by at most about the learning rate: the paths may part by a hundredth of their length.
        var tolerance = 0.01 * training.LearningRate * expected.GetProperty("losses").GetArrayLength();
        foreach (var parameter in setup.Definition.Parameters)
        {
            Agree(expected.GetProperty("weights").GetProperty(parameter.Name), setup.Weights[parameter], tolerance: tolerance);
        }
    }

    private static void Agree(JsonElement summary, ReadOnlySpan<float> values, int start = 0, double? tolerance = null)
    {
        var (step, norm) = (summary.GetProperty("step").GetInt32(), summary.GetProperty("norm").GetDouble());
        var expected = summary.GetProperty("values");
        var (allowed, compared) = (tolerance ?? 1e-5 * Math.Max(norm, 1e-3), 0);
        for (var i = 0; i < expected.GetArrayLength(); i++)
        {
            if (i * step >= start && i * step < start + values.Length)
            {
                ((double)values[i * step - start]).ShouldBe(expected[i].GetDouble(), allowed);
                compared++;
            }
        }

        compared.ShouldBeGreaterThan(0);
    }

    private static float[] PixelGradients(NetworkTile tile, int count) =>
        [.. Enumerable.Range(0, count).SelectMany(lane => TestNetworks.Lane(tile.PixelGradients, lane, tile.Lanes))];

    private static Parameters Sum(Parameters left, Parameters right)
    {
        for (var i = 0; i < left.Count; i++)
        {
            left.Values[i] += right.Values[i];
        }

        return left;
    }

    /// <summary>One case, with the weights and images that the script made from the same random streams.</summary>
    private sealed class Setup
    {
        private const ulong Seed = 2020;
        private const int Shuffle = 3;

        public Setup(string name)
        {
            Case = s_cases.EnumerateArray().Single(c => c.GetProperty("name").GetString() == name);
            var shape = Case.GetProperty("shape");
            var image = new ImageShape(shape[0].GetInt32(), shape[1].GetInt32(), shape[2].GetInt32());
            Batch = Case.GetProperty("batch").GetInt32();
            Definition = TestNetworks.Create(
                Case.GetProperty("network").GetString()!, image, Case.GetProperty("classes").GetInt32());
            Weights = Parameters.Initialize(Definition, Seed, Shuffle);
            Network = new Network(Definition);
            Network.Load(Weights);
            var labels = Enumerable.Range(0, Batch).Select(i => (byte)(i % Definition.Classes)).ToArray();
            Images = new FloatImages(TestNetworks.Images(Seed, Shuffle, Batch, image), labels, image.Length);
        }

        public JsonElement Case { get; }

        public int Batch { get; }

        public NetworkDefinition Definition { get; }

        public Parameters Weights { get; }

        public Network Network { get; }

        public FloatImages Images { get; }
    }
}
