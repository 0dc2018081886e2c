using AdvFit.Learning.Attacks;
using AdvFit.Learning.Attacks.Fgsm;
using FsCheck.Xunit;

namespace AdvFit.Learning.Tests.Attacks;

public class FgsmTests
{
    [Property(MaxTest = 30)]
    public void On_a_binary_linear_classifier_it_is_the_image_plus_epsilon_times_the_sign_of_the_weights(int seed)
    {
        var random = new Random(seed);
        var weights = Enumerable.Range(0, 18).Select(i => i == 5 ? 0 : random.NextSingle() * 2 - 1).ToArray();
        float[] image = Samples.Images(random, Samples.Shape, 1);
        var classifier = new LinearClassifier(Samples.Shape, [new float[18], weights], [100, 0]);

        var result = Attack.With(new FgsmParameters { Epsilon = 0.1 }).Craft(classifier, image, [0]);

        result.Adversarial.ShouldBe(
            image.Zip(weights, (pixel, weight) => Math.Clamp(pixel + 0.1f * MathF.Sign(weight), 0, 1)));
        result.Success.ShouldBe([false]);
        (result.Queries[0], result.Gradients[0]).ShouldBe((1, 1));
    }

    [Property(MaxTest = 30)]
    public void A_search_ends_at_the_smallest_size_that_succeeds(int seed)
    {
        const int steps = 40;
        var random = new Random(seed);
        var classifier = HiddenLayerClassifier.Random(random, Samples.Shape, hidden: 8, classes: 4);
        var images = Samples.Images(random, Samples.Shape, 12);
        var labels = Samples.Labels(random, classifier, images);

        var found = Attack.With(new FgsmParameters { Epsilon = 1, SearchSteps = steps }).Craft(classifier, images, labels);

        var tried = Enumerable.Range(1, steps)
            .Select(step => Attack.With(new FgsmParameters { Epsilon = (double)step / steps }))
            .Select(attack => attack.Craft(classifier, images, labels)).ToArray();
        for (var image = 0; image < labels.Length; image++)
        {
            var first = Array.FindIndex(tried, trial => trial.Success[image]);
            var expected = tried[first < 0 ? steps - 1 : first];
            Image(found, image).ShouldBe(Image(expected, image));
            found.Success[image].ShouldBe(first >= 0);
            var isFooledAtOnce = expected.Gradients[image] == 0;
            found.Queries[image].ShouldBe(isFooledAtOnce ? 1 : first < 0 ? steps : Math.Min(first + 2, steps));
        }
    }

    [Property(MaxTest = 30)]
    public void A_refined_search_ends_at_the_smallest_of_the_finer_sizes(int seed)
    {
        const int steps = 100;
        const int refinement = 20;
        var random = new Random(seed);
        var classifier = HiddenLayerClassifier.Random(random, Samples.Shape, hidden: 8, classes: 4, gain: 4);
        var images = Samples.Images(random, Samples.Shape, 12);
        var labels = Samples.Labels(random, classifier, images);

        var parameters = new FgsmParameters { Epsilon = 1, SearchSteps = steps, RefinementSteps = refinement };
        var found = Attack.With(parameters).Craft(classifier, images, labels);

        for (var image = 0; image < labels.Length; image++)
        {
            var (pixels, label) = (images.AsSpan(image * 18, 18).ToArray(), labels.AsSpan(image, 1).ToArray());
            AttackResult At(double epsilon) =>
                Attack.With(new FgsmParameters { Epsilon = epsilon }).Craft(classifier, pixels, label);
            var first = Enumerable.Range(1, steps).FirstOrDefault(step => At((double)step / steps).Success[0]);
            var expected = first is > 0 and <= refinement
                ? Enumerable.Range(1, refinement).Select(step => At((double)first / steps * step / refinement))
                    .First(trial => trial.Success[0])
                : At(first == 0 ? 1 : (double)first / steps);
            Image(found, image).ShouldBe(expected.Adversarial);
        }
    }

    [Fact]
    public void It_still_has_a_gradient_where_softmax_rounds_to_one_hot()
    {
        var classifier = new LinearClassifier(new(1, 1, 2), [[2000, 0], [0, 2000]], [0, 0]);
        var result = Attack.With(new FgsmParameters { Epsilon = 0.1 }).Craft(classifier, [0.5f, 0.35f], [0]);
        result.Adversarial.ShouldBe([0.5f - 0.1f, 0.35f + 0.1f]);
        result.Success.ShouldBe([true]);
    }

    private static float[] Image(AttackResult result, int image) => result.Adversarial.AsSpan(image * 18, 18).ToArray();
}
