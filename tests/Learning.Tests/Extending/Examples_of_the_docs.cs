using AdvFit.Learning.Networks;
using AdvFit.Learning.Networks.Layers;
using AdvFit.Learning.Tests.Attacks;
using FsCheck.Xunit;

namespace AdvFit.Learning.Tests.Extending;

/// <summary>The examples of docs/extending.md are the files of this folder, and work.</summary>
public class Examples_of_the_docs
{
    [Theory]
    [InlineData("FgmL2Parameters.cs")]
    [InlineData("FgmL2Definition.cs")]
    [InlineData("FgmL2Attack.cs")]
    [InlineData("LeakyRelu.cs")]
    public void The_page_shows_them_as_they_are(string file)
    {
        var code = Repository.Read($"tests/Learning.Tests/Extending/{file}");
        var start = code.IndexOf("\n\n", code.IndexOf("namespace", StringComparison.Ordinal), StringComparison.Ordinal) + 2;
        Repository.Read("docs/extending.md").ShouldContain($"```csharp\n{code[start..]}```");
    }

    [Property(MaxTest = 30)]
    public void On_a_binary_linear_classifier_the_attack_goes_epsilon_along_the_weights(int seed)
    {
        var random = new Random(seed);
        var weights = Enumerable.Range(0, 18).Select(_ => random.NextSingle() * 2 - 1).ToArray();
        var image = Enumerable.Range(0, 18).Select(_ => 0.4f + 0.2f * random.NextSingle()).ToArray();
        var norm = Math.Sqrt(weights.Sum(weight => (double)weight * weight));
        var classifier = new LinearClassifier(Samples.Shape, [new float[18], weights], [100, 0]);
        var parameters = new Dictionary<string, double> { ["epsilon"] = 0.2 };

        var result = new FgmL2Definition().Create(parameters).Craft(classifier, image, [0]);

        result.Adversarial.ShouldBe(image.Zip(weights, (pixel, weight) => (float)(pixel + 0.2 * weight / norm)), 1e-6f);
        (result.Queries[0], result.Gradients[0]).ShouldBe((1, 1));
    }

    [Fact]
    public void The_attack_refuses_what_its_parameters_exclude() => Should.Throw<ArgumentException>(
        () => new FgmL2Definition().Create(new Dictionary<string, double> { ["epsilon"] = -1 })).Message.ShouldContain("epsilon");

    [Fact]
    public void The_layer_scales_what_is_negative()
    {
        var definition = new NetworkDefinition(
            "example", new ImageShape(1, 1, 2), [new Linear("one", 2), new LeakyRelu(0.25), new Linear("two", 2)]);
        var network = new Network(definition);
        var parameters = new Parameters(definition);
        float[] identity = [1, 0, 0, 1, 0, 0];
        identity.Concat(identity).ToArray().CopyTo(parameters.Values);
        network.Load(parameters);
        var tile = network.CreateTile();
        (tile.Pixels[0], tile.Pixels[tile.Lanes]) = (-2, 3);

        tile.Forward();

        (tile.Logits[0], tile.Logits[tile.Lanes]).ShouldBe((-0.5f, 3));
    }
}
