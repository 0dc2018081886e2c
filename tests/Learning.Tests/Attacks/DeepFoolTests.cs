using AdvFit.Learning.Attacks.DeepFool;
using FsCheck.Xunit;

namespace AdvFit.Learning.Tests.Attacks;

public class DeepFoolTests
{
    [Property(MaxTest = 30)]
    public void On_a_linear_classifier_one_step_covers_the_distance_to_the_nearest_boundary(int seed)
    {
        var random = new Random(seed);
        var (classifier, image, label, distance) = LinearCase(random, classes: 2 + random.Next(6));

        var result = Attack.With(new DeepFoolParameters { MaxIterations = 1 }).Craft(classifier, image, [label]);

        result.L2[0].ShouldBe(distance, 1e-5 * distance);
        (result.Queries[0], result.Gradients[0]).ShouldBe((1, classifier.Classes - 1));
    }

    [Property(MaxTest = 30)]
    public void An_overshoot_lengthens_the_perturbation_by_its_share_and_crosses(int seed, bool eachStep)
    {
        var random = new Random(seed);
        var (classifier, image, label, distance) = LinearCase(random, classes: 2 + random.Next(6));

        var parameters = new DeepFoolParameters { MaxIterations = 1, Overshoot = 0.1, OvershootEachStep = eachStep };
        var result = Attack.With(parameters).Craft(classifier, image, [label]);

        result.Success[0].ShouldBeTrue();
        result.L2[0].ShouldBe(1.1 * distance, 1e-5 * distance);
    }

    [Property(MaxTest = 30)]
    public void A_step_margin_is_added_to_the_length_of_the_step(int seed)
    {
        var random = new Random(seed);
        var (classifier, image, label, distance) = LinearCase(random, classes: 3);

        var parameters = new DeepFoolParameters { MaxIterations = 1, Overshoot = 0.02, OvershootEachStep = true, StepMargin = 1e-3 };
        var result = Attack.With(parameters).Craft(classifier, image, [label]);

        result.Success[0].ShouldBeTrue();
        result.L2[0].ShouldBe(1.02 * (distance + 1e-3), 1e-5);
    }

    [Fact]
    public void Only_the_likeliest_candidates_are_considered()
    {
        // Class 1 is the likelier, but class 2, whose logit changes faster, has the nearer boundary.
        var steep = new LinearClassifier(new(1, 1, 2), [[0, 0], [1, 0], [0, 100]], [0, -0.6f, -55]);
        var step = new DeepFoolParameters { MaxIterations = 1, Overshoot = 0.01, OvershootEachStep = true };
        var all = Attack.With(step with { Candidates = 3 }).Craft(steep, [0.5f, 0.5f], [0]);
        var two = Attack.With(step with { Candidates = 2 }).Craft(steep, [0.5f, 0.5f], [0]);
        (all.Predicted[0], all.Gradients[0]).ShouldBe(((byte)2, 2));
        (two.Predicted[0], two.Gradients[0]).ShouldBe(((byte)1, 1));
    }

    [Fact]
    public void An_iterate_exactly_on_the_boundary_is_a_failure_and_given_up_at_once()
    {
        // Every number here is exact in float32: the first step ends where both logits are equal.
        var classifier = new LinearClassifier(new(1, 1, 1), [[0], [1]], [0, -0.75f]);

        var result = Attack.With(new DeepFoolParameters()).Craft(classifier, [0.5f], [0]);

        result.Adversarial.ShouldBe([0.75f]);
        result.Success.ShouldBe([false]);
        result.Queries.ShouldBe([2]);
        result.Gradients.ShouldBe([2]);
    }

    [Fact]
    public void A_tie_goes_to_the_lower_class_in_success_as_in_prediction()
    {
        var classifier = new LinearClassifier(new(1, 1, 1), [[1], [0]], [-0.75f, 0]);
        var result = Attack.With(new DeepFoolParameters()).Craft(classifier, [0.5f], [1]);
        result.Adversarial.ShouldBe([0.75f]);
        result.Predicted.ShouldBe([(byte)0]);
        result.Success.ShouldBe([true]);
    }

    [Fact]
    public void A_step_out_of_the_box_is_clipped_and_the_rest_is_made_up_by_other_pixels()
    {
        var classifier = new LinearClassifier(new(1, 1, 2), [[0, 0], [1, 0.5f]], [0, -1.2f]);
        var parameters = new DeepFoolParameters { MaxIterations = 50, Overshoot = 0.02 };
        var result = Attack.With(parameters).Craft(classifier, [0.9f, 0.1f], [0]);
        result.Success.ShouldBe([true]);
        result.Adversarial[0].ShouldBe(1);
        result.Adversarial[1].ShouldBeGreaterThanOrEqualTo(0.4f);
    }

    /// <summary>A linear classifier and an image so near a boundary that clipping is not active.</summary>
    private static (LinearClassifier Classifier, float[] Image, byte Label, double Distance) LinearCase(
        Random random, int classes)
    {
        var weights = Enumerable.Range(0, classes)
            .Select(_ => Enumerable.Range(0, 18).Select(_ => random.NextSingle() * 2 - 1).ToArray()).ToArray();
        var image = Enumerable.Range(0, 18).Select(_ => 0.4f + 0.2f * random.NextSingle()).ToArray();
        // Biases put each logit where it should be at the image: the label's at 0, the others 0.1 to 0.6 below.
        var label = (byte)random.Next(classes);
        var biases = weights.Select((row, k) =>
            (k == label ? 0 : -0.1f - 0.5f * random.NextSingle()) - row.Zip(image, (w, x) => w * x).Sum()).ToArray();
        var classifier = new LinearClassifier(Samples.Shape, weights, biases);

        var logits = Samples.Logits(classifier, image);
        var distance = Enumerable.Range(0, classes).Where(k => k != label).Min(k =>
            ((double)logits[label] - logits[k])
            / Math.Sqrt(weights[k].Zip(weights[label], (a, b) => ((double)a - b) * ((double)a - b)).Sum()));
        return (classifier, image, label, distance);
    }
}
