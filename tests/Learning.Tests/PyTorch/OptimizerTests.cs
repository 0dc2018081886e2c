using System.Text.Json;
using AdvFit.Learning.Networks;
using AdvFit.Learning.Tests.Networks;
using AdvFit.Learning.Training;
using AdvFit.Learning.Training.Optimizers;
using AdvFit.Messages;

namespace AdvFit.Learning.Tests.PyTorch;

/// <summary>Optimisers and learning-rate schedules against PyTorch's: a step is an epoch here.</summary>
public sealed class OptimizerTests
{
    private const ulong Seed = 2020;
    private const int Shuffle = 3, Batch = 32, Steps = 6;

    private static readonly Dictionary<string, TrainingSpec> s_trainings = new()
    {
        ["sgd"] = Training(0.5) with { Optimizer = OptimizerKind.Sgd },
        ["sgd with momentum and decay"] = Training(0.1) with { Optimizer = OptimizerKind.Sgd, Momentum = 0.9, WeightDecay = 0.01 },
        ["nesterov"] = Training(0.1) with { Optimizer = OptimizerKind.Sgd, Momentum = 0.8, Nesterov = true },
        ["rmsprop"] = Training(0.001) with { Optimizer = OptimizerKind.RmsProp, Beta2 = 0.9, Epsilon = 0.01 },
        ["rmsprop with momentum and decay"] = Training(0.001) with
        {
            Optimizer = OptimizerKind.RmsProp,
            Beta2 = 0.95,
            Epsilon = 0.01,
            Momentum = 0.5,
            WeightDecay = 0.02,
        },
        ["adam with decay"] = Training(0.003) with { Epsilon = 1e-4, WeightDecay = 0.02 },
        ["step schedule"] = Training(0.5) with
        {
            Optimizer = OptimizerKind.Sgd,
            Schedule = RateSchedule.Step,
            StepEpochs = 2,
            StepFactor = 0.3,
        },
        ["cosine schedule"] = Training(0.5) with { Optimizer = OptimizerKind.Sgd, Schedule = RateSchedule.Cosine },
    };

    public static TheoryData<string> Names => [.. s_trainings.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Learning_rates_losses_and_weights_agree(string name)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "PyTorch", "optimizers.json");
        using var references = JsonDocument.Parse(File.ReadAllText(path));
        var reference = references.RootElement.EnumerateArray().Single(c => c.GetProperty("name").GetString() == name);
        var training = s_trainings[name];
        var definition = NetworkCatalog.Create("lenet5", new ImageShape(1, 28, 28), 10);
        var weights = Parameters.Initialize(definition, Seed, Shuffle);
        var trainer = new Trainer(new Network(definition), weights, Optimizer.Create(definition, training), training);
        var labels = Enumerable.Range(0, Batch).Select(i => (byte)(i % 10)).ToArray();
        var images = new FloatImages(TestNetworks.Images(Seed, Shuffle, Batch, definition.Input), labels, 784);
        for (var step = 0; step < Steps; step++)
        {
            trainer.LearningRate = LearningRates.Of(training, step + 1);
            trainer.LearningRate.ShouldBe(reference.GetProperty("rates")[step].GetDouble(), 1e-12);
            (trainer.Step(images, [.. Enumerable.Range(0, Batch)]) / Batch).ShouldBe(
                reference.GetProperty("losses")[step].GetDouble(), 1e-5);
        }

        foreach (var parameter in definition.Parameters)
        {
            var expected = reference.GetProperty("weights").GetProperty(parameter.Name);
            for (var i = 0; i < expected.GetProperty("values").GetArrayLength(); i++)
            {
                ((double)weights[parameter][i * expected.GetProperty("step").GetInt32()]).ShouldBe(
                    expected.GetProperty("values")[i].GetDouble(), 2e-6, $"{parameter.Name}, value {i}");
            }
        }
    }

    private static TrainingSpec Training(double learningRate) => new(Steps, Batch, learningRate);
}
