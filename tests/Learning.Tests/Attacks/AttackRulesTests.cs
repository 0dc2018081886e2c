using AdvFit.Learning.Attacks;
using AdvFit.Learning.Attacks.DeepFool;
using AdvFit.Learning.Attacks.Fgsm;
using FsCheck.Xunit;

namespace AdvFit.Learning.Tests.Attacks;

/// <summary>What every attack owes, with every profile.</summary>
public class AttackRulesTests
{
    [Property(MaxTest = 20)]
    public void A_sample_has_the_same_bits_alone_in_any_company_in_any_order_and_in_any_tile(int seed)
    {
        var random = new Random(seed);
        var (classifier, images, labels) = Case(random, count: 1 + random.Next(45));
        var order = Enumerable.Range(0, labels.Length).ToArray();
        random.Shuffle(order);
        foreach (var (name, attack) in Samples.AllAttacks())
        {
            var together = PerImage(attack.Craft(classifier, images, labels));
            foreach (var lanes in new[] { 1, 5, 8 })
            {
                ShouldBeEqual(PerImage(attack.Craft(classifier.WithLanes(lanes), images, labels)), together, name);
            }

            var reordered = attack.Craft(
                classifier, [.. order.SelectMany(image => Pixels(images, image))],
                [.. order.Select(image => labels[image])], new SampleStreams(0, 0, order));
            ShouldBeEqual(PerImage(reordered), [.. order.Select(image => together[image])], name);

            var alone = random.Next(labels.Length);
            var single = attack.Craft(
                classifier, Pixels(images, alone), [labels[alone]], new SampleStreams(0, 0, new[] { alone }));
            ShouldBeEqual(PerImage(single), [together[alone]], name);
        }
    }

    [Property(MaxTest = 20)]
    public void Success_norms_and_prediction_are_those_of_the_returned_pixels(int seed)
    {
        var random = new Random(seed);
        var (classifier, images, labels) = Case(random, count: 20);
        foreach (var (name, attack) in Samples.AllAttacks())
        {
            var result = attack.Craft(classifier, images, labels);
            ShouldLieInTheBox(result, name);
            for (var image = 0; image < labels.Length; image++)
            {
                var (before, after) = (Pixels(images, image), Pixels(result.Adversarial, image));
                var logits = Samples.Logits(classifier, after);
                ((int)result.Predicted[image]).ShouldBe(Samples.ArgMax(logits), name);
                result.Success[image].ShouldBe(Samples.ArgMax(logits) != labels[image], name);
                var differences = after.Zip(before, (a, b) => (double)a - b).ToArray();
                result.L2[image].ShouldBe(Math.Sqrt(differences.Sum(d => d * d)), 1e-12, name);
                result.Linf[image].ShouldBe(differences.Max(Math.Abs), name);
            }
        }
    }

    [Property(MaxTest = 20)]
    public void Queries_and_gradients_are_the_passes_that_the_image_alone_takes(int seed)
    {
        var random = new Random(seed);
        var (classifier, images, labels) = Case(random, count: 1);
        foreach (var (name, attack) in Samples.AllAttacks())
        {
            var counting = new WatchedClassifier(classifier.WithLanes(1));
            var result = attack.Craft(counting, images, labels);
            result.Queries[0].ShouldBe(counting.Forwards - 1, $"{name}; one forward pass verifies");
            result.Gradients[0].ShouldBe(counting.Backwards, name);
        }
    }

    [Property(MaxTest = 20)]
    public void Lanes_without_an_image_hold_zeros(int seed)
    {
        var (classifier, images, labels) = Case(new Random(seed), count: 5);
        foreach (var (name, attack) in Samples.AllAttacks().Where(each => Samples.FollowsGradients(each.Attack)))
        {
            var strays = 0;
            var watched = new WatchedClassifier(classifier.WithLanes(8))
            {
                AfterForward = (tile, _) =>
                {
                    for (var at = 0; at < tile.Pixels.Length; at++)
                    {
                        strays += at % 8 >= 5 && tile.Pixels[at] != 0 ? 1 : 0;
                    }
                },
            };
            attack.Craft(watched, images, labels).Success.Length.ShouldBe(5);
            strays.ShouldBe(0, name);
        }
    }

    [Fact]
    public void A_misclassified_image_is_returned_as_it_is_with_success_and_no_perturbation()
    {
        var random = new Random(1);
        var classifier = HiddenLayerClassifier.Random(random, Samples.Shape, hidden: 8, classes: 4);
        var image = Samples.Images(random, Samples.Shape, 1);
        var wrong = (byte)((Samples.ArgMax(Samples.Logits(classifier, image)) + 1) % 4);
        foreach (var (name, attack) in Samples.AllAttacks())
        {
            var result = attack.Craft(classifier, image, [wrong]);
            result.Adversarial.ShouldBe(image, name);
            (result.Success[0], result.L2[0], result.Linf[0]).ShouldBe((true, 0, 0), name);
            (result.Queries[0], result.Gradients[0]).ShouldBe((1, 0), name);
        }
    }

    [Fact]
    public void Without_a_gradient_the_attack_fails_and_the_pixels_stay()
    {
        var classifier = new LinearClassifier(Samples.Shape, [new float[18], new float[18], new float[18]], [1, 2, 0]);
        var image = Samples.Images(new Random(1), Samples.Shape, 1);
        foreach (var (name, attack) in Samples.AllAttacks())
        {
            var result = attack.Craft(classifier, image, [1]);
            result.Adversarial.ShouldBe(image, name);
            (result.Success[0], result.L2[0], result.Predicted[0]).ShouldBe((false, 0, (byte)1), name);
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_logit_that_is_no_number_fails_its_sample_and_leaves_the_others_alone(float wild)
    {
        var (classifier, images, labels, spoiled) = CaseWithMarkedImage();
        foreach (var (name, attack) in Samples.AllAttacks().Where(each => Samples.FollowsGradients(each.Attack)))
        {
            var expected = attack.Craft(classifier, images, labels);
            var watched = new WatchedClassifier(classifier)
            {
                // Spoils the marked image once it is moved: midway.
                AfterForward = (tile, logits) => ForMarkedLanes(tile, lane =>
                {
                    if (tile.Pixels[17 * tile.Lanes + lane] != images[spoiled * 18 + 17])
                    {
                        logits[lane] = wild;
                    }
                }),
            };
            ShouldDifferOnlyIn(spoiled, attack.Craft(watched, images, labels), expected, name);
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void A_gradient_that_is_no_number_fails_its_sample_and_leaves_the_others_alone(float wild)
    {
        var (classifier, images, labels, spoiled) = CaseWithMarkedImage();
        foreach (var (name, attack) in Samples.AllAttacks().Where(each => Samples.FollowsGradients(each.Attack)))
        {
            var expected = attack.Craft(classifier, images, labels);
            var watched = new WatchedClassifier(classifier)
            {
                AfterBackward = (tile, gradients) => ForMarkedLanes(tile, lane => gradients[3 * tile.Lanes + lane] = wild),
            };
            var result = attack.Craft(watched, images, labels);
            ShouldDifferOnlyIn(spoiled, result, expected, name);
            Pixels(result.Adversarial, spoiled).ShouldBe(Pixels(images, spoiled), name);
        }
    }

    [Fact]
    public void A_vanishing_gradient_ends_in_a_failure_and_never_in_a_pixel_that_is_no_number()
    {
        var weights = Enumerable.Repeat(1e-44f, 18).ToArray();
        var classifier = new LinearClassifier(Samples.Shape, [new float[18], weights], [1e30f, 0]);
        var image = Samples.Images(new Random(1), Samples.Shape, 1);
        foreach (var (name, attack) in Samples.AllAttacks())
        {
            var result = attack.Craft(classifier, image, [0]);
            result.Success.ShouldBe([false], name);
            ShouldLieInTheBox(result, name);
        }
    }

    [Fact]
    public void No_images_make_no_results()
    {
        var classifier = HiddenLayerClassifier.Random(new Random(1), Samples.Shape, hidden: 8, classes: 4);
        foreach (var (name, attack) in Samples.AllAttacks())
        {
            attack.Craft(classifier, [], []).Success.ShouldBeEmpty(name);
        }
    }

    [Fact]
    public void Cancellation_ends_the_attack_between_iterations()
    {
        var random = new Random(1);
        var classifier = HiddenLayerClassifier.Random(random, Samples.Shape, hidden: 8, classes: 4);
        var images = Samples.Images(random, Samples.Shape, 100);
        var labels = Samples.Labels(random, classifier, images);
        foreach (var (_, attack) in Samples.AllAttacks())
        {
            using var source = new CancellationTokenSource();
            var watched = new WatchedClassifier(classifier) { AfterForward = (_, _) => source.Cancel() };
            Should.Throw<OperationCanceledException>(() => attack.Craft(watched, images, labels, source.Token));
            watched.Forwards.ShouldBe(1);
        }
    }

    [Fact]
    public void Iterations_allocate_nothing()
    {
        // Weights against biases: no step within the box succeeds, so every iteration is made.
        var weights = Enumerable.Repeat(1f, 18).ToArray();
        var classifier = new LinearClassifier(Samples.Shape, [new float[18], weights], [1000, 0]);
        var images = Enumerable.Repeat(0.5f, 18 * 40).ToArray();
        var labels = new byte[40];

        long Allocated(IAttack attack)
        {
            attack.Craft(classifier, images, labels);
            var before = GC.GetAllocatedBytesForCurrentThread();
            attack.Craft(classifier, images, labels);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        var fgsm = new FgsmParameters { Epsilon = 0.5 };
        var deepFool = new DeepFoolParameters { Overshoot = 0.02, OvershootEachStep = true };
        Allocated(Attack.With(fgsm with { SearchSteps = 200 })).ShouldBe(Allocated(Attack.With(fgsm with { SearchSteps = 2 })));
        Allocated(Attack.With(deepFool with { MaxIterations = 200 }))
            .ShouldBe(Allocated(Attack.With(deepFool with { MaxIterations = 2 })));
    }

    private static (HiddenLayerClassifier Classifier, float[] Images, byte[] Labels) Case(Random random, int count)
    {
        var classifier = HiddenLayerClassifier.Random(random, Samples.Shape, hidden: 8, classes: 2 + random.Next(5));
        var images = Samples.Images(random, Samples.Shape, count);
        return (classifier, images, Samples.Labels(random, classifier, images));
    }

    /// <summary>Ten images, of which only number 6 has a mark that no attack touches: its first pixel, without weight.</summary>
    private static (HiddenLayerClassifier Classifier, float[] Images, byte[] Labels, int Marked) CaseWithMarkedImage()
    {
        var random = new Random(11);
        float[] Row(int length) => [.. Enumerable.Range(0, length).Select(_ => random.NextSingle() * 2 - 1)];
        var hidden = Enumerable.Range(0, 8).Select(_ => Row(18)).ToArray();
        foreach (var row in hidden)
        {
            row[0] = 0;
        }

        var classifier = new HiddenLayerClassifier(
            Samples.Shape, hidden, Row(8), [.. Enumerable.Range(0, 3).Select(_ => Row(8))], Row(3));
        var images = Enumerable.Range(0, 10 * 18).Select(_ => 0.2f + 0.6f * random.NextSingle()).ToArray();
        images[6 * 18] = 0;
        var labels = Enumerable.Range(0, 10)
            .Select(image => (byte)Samples.ArgMax(Samples.Logits(classifier, Pixels(images, image)))).ToArray();
        return (classifier, images, labels, 6);
    }

    private static void ForMarkedLanes(IClassifierTile tile, Action<int> spoil)
    {
        for (var lane = 0; lane < tile.Lanes; lane++)
        {
            // The second pixel tells the marked image from an empty lane. In tanh space black is almost black.
            if (tile.Pixels[lane] < 1e-5f && tile.Pixels[tile.Lanes + lane] != 0)
            {
                spoil(lane);
            }
        }
    }

    private static void ShouldDifferOnlyIn(int spoiled, AttackResult result, AttackResult expected, string name)
    {
        result.Success[spoiled].ShouldBeFalse(name);
        ShouldLieInTheBox(result, name);
        var (actual, wanted) = (PerImage(result), PerImage(expected));
        actual[spoiled] = wanted[spoiled];
        ShouldBeEqual(actual, wanted, name);
    }

    /// <summary>Names the images that differ, since a comparison of all their bits is nothing to read.</summary>
    private static void ShouldBeEqual(string[] actual, string[] expected, string name)
    {
        actual.Length.ShouldBe(expected.Length, name);
        Enumerable.Range(0, actual.Length).Where(image => actual[image] != expected[image]).ShouldBeEmpty(name);
    }

    private static void ShouldLieInTheBox(AttackResult result, string name) =>
        result.Adversarial.Count(pixel => pixel is >= 0 and <= 1).ShouldBe(result.Adversarial.Length, name);

    private static float[] Pixels(float[] images, int image) => images.AsSpan(image * 18, 18).ToArray();

    /// <summary>Everything that a result says of each image, to the bit.</summary>
    private static string[] PerImage(AttackResult result) =>
        [.. Enumerable.Range(0, result.Success.Length).Select(image => string.Join(' ',
            [
                .. Pixels(result.Adversarial, image).Select(pixel => $"{BitConverter.SingleToUInt32Bits(pixel):x8}"),
                $"{result.Success[image]} {result.Predicted[image]} {result.L2[image]:R} {result.Linf[image]:R}",
                $"{result.Queries[image]} {result.Gradients[image]}",
            ]))];
}
