using AdvFit.Learning.Attacks;
using AdvFit.Learning.Attacks.CarliniWagner;
using FsCheck.Xunit;

namespace AdvFit.Learning.Tests.Attacks;

public class CarliniWagnerTests
{
    private static readonly CarliniWagnerParameters LineSearch = new();
    private static readonly CarliniWagnerParameters Adam = new()
    {
        InitialConstant = 1e-3,
        BinarySearchSteps = 9,
        MaxIterations = 1000,
        AbortEarly = true,
        LineSearch = false,
    };

    [Property(MaxTest = 10)]
    public void On_a_linear_classifier_the_distance_is_the_margin_over_the_norm(int seed)
    {
        var random = new Random(seed);
        float[] Row() => [.. Enumerable.Range(0, 18).Select(_ => random.NextSingle() * 2 - 1)];
        var (first, second) = (Row(), Row());
        var image = Enumerable.Range(0, 18).Select(_ => 0.4f + 0.2f * random.NextSingle()).ToArray();
        var margin = 0.2 + 0.3 * random.NextDouble();
        var differences = first.Zip(second, (a, b) => (double)a - b).ToArray();
        var bias = (float)(margin - differences.Zip(image, (a, b) => a * b).Sum());
        var norm = Math.Sqrt(differences.Sum(d => d * d));
        var classifier = new LinearClassifier(Samples.Shape, [first, second], [bias, 0]);
        IAttack[] attacks = [Attack.With(Adam), Attack.With(Adam with { AbortEarly = false })];
        foreach (var attack in attacks)
        {
            var result = attack.Craft(classifier, image, [0]);
            result.Success.ShouldBe([true]);
            (result.L2[0] * norm / margin).ShouldBeInRange(0.999, 1.03);
        }
    }

    [Property(MaxTest = 10)]
    public void The_line_search_comes_near_the_boundary_of_a_linear_classifier(int seed)
    {
        var random = new Random(seed);
        var weights = Enumerable.Range(0, 18).Select(_ => random.NextSingle() * 2 - 1).ToArray();
        var image = Enumerable.Range(0, 18).Select(_ => 0.4f + 0.2f * random.NextSingle()).ToArray();
        var bias = (float)(-0.3 - weights.Zip(image, (a, b) => (double)a * b).Sum());
        var norm = Math.Sqrt(weights.Sum(w => (double)w * w));
        var classifier = new LinearClassifier(Samples.Shape, [new float[18], weights], [0, bias]);
        var result = Attack.With(LineSearch with { BinarySearchSteps = 20, MaxIterations = 50 }).Craft(classifier, image, [0]);
        result.Success.ShouldBe([true]);
        (result.L2[0] * norm / 0.3).ShouldBeInRange(0.999, 1.5);
    }

    [Fact]
    public void Confidence_is_the_margin_that_is_reached()
    {
        var classifier = new LinearClassifier(new(1, 1, 2), [[0, 0], [4, 4]], [0, -4.4f]);
        IAttack[] attacks =
        [
            Attack.With(Adam with { Confidence = 0.8 }),
            Attack.With(LineSearch with { Confidence = 0.8, BinarySearchSteps = 20, MaxIterations = 50 }),
        ];
        foreach (var attack in attacks)
        {
            var adversarial = attack.Craft(classifier, [0.5f, 0.5f], [0]).Adversarial;
            var margin = 4 * (adversarial[0] + adversarial[1]) - 4.4f;
            margin.ShouldBeInRange(0.8f, 1.2f);
        }
    }

    [Fact]
    public void An_image_with_no_way_out_of_its_class_fails_as_it_was()
    {
        var weights = Enumerable.Repeat(1f, 18).ToArray();
        var classifier = new LinearClassifier(Samples.Shape, [new float[18], weights], [1000, 0]);
        var image = Samples.Images(new Random(3), Samples.Shape, 1);
        foreach (var attack in new[] { Attack.With(Adam), Attack.With(LineSearch) })
        {
            var result = attack.Craft(classifier, image, [0]);
            (result.Success[0], result.L2[0]).ShouldBe((false, 0));
            result.Adversarial.ShouldBe(image);
        }
    }

    [Fact]
    public void Queries_and_gradients_never_exceed_the_steps_times_the_iterations()
    {
        var random = new Random(5);
        var classifier = HiddenLayerClassifier.Random(random, Samples.Shape, hidden: 8, classes: 4);
        var images = Samples.Images(random, Samples.Shape, 40);
        var labels = Samples.Labels(random, classifier, images);
        foreach (var abort in new[] { false, true })
        {
            var parameters = Adam with { InitialConstant = 0.1, BinarySearchSteps = 3, MaxIterations = 20, LearningRate = 0.05 };
            var result = Attack.With(parameters with { AbortEarly = abort }).Craft(classifier, images, labels);
            result.Queries.ShouldAllBe(queries => queries == 1 || (abort ? queries <= 61 : queries == 61));
            result.Gradients.ShouldAllBe(gradients => gradients <= 57);
        }
    }

    [Fact]
    public void The_search_for_the_constant_multiplies_by_ten_then_bisects_then_repeats_the_best()
    {
        var search = new ConstantSearch(1, 0.01, 10);
        search.Start(0);
        var tried = new List<double>();
        do
        {
            tried.Add(search.Constant(0));
        }
        while (search.Next(0, found: search.Constant(0) >= 0.7));
        tried.ShouldBe([0.01, 0.1, 1, 0.55, 0.775, 0.6625, 0.71875, 0.690625, 0.7046875, 0.7046875], 1e-12);
    }
}
