using AdvFit.Learning.Attacks;
using AdvFit.Learning.Attacks.HopSkipJump;
using AdvFit.Learning.Randomness;
using FsCheck.Xunit;

namespace AdvFit.Learning.Tests.Attacks;

public class HopSkipJumpTests
{
    private static readonly HopSkipJumpParameters Parameters = new() { QueryBudget = 6000 };

    [Property(MaxTest = 10)]
    public void On_a_linear_classifier_it_comes_near_the_margin_over_the_norm(int seed)
    {
        var random = new Random(seed);
        var weights = Enumerable.Range(0, 18).Select(_ => random.NextSingle() * 2 - 1).ToArray();
        var image = Enumerable.Range(0, 18).Select(_ => 0.4f + 0.2f * random.NextSingle()).ToArray();
        var bias = (float)(-0.2 - weights.Zip(image, (a, b) => (double)a * b).Sum());
        var norm = Math.Sqrt(weights.Sum(w => (double)w * w));
        var classifier = new LinearClassifier(Samples.Shape, [new float[18], weights], [0, bias]);
        HopSkipJumpParameters[] variants = [Parameters, Parameters with { Gamma = 1, DimensionExponent = 1.5, BlendSteps = 50 }];
        foreach (var parameters in variants)
        {
            var result = Attack.With(parameters).Craft(classifier, image, [0]);
            result.Success.ShouldBe([true]);
            (result.L2[0] * norm / 0.2).ShouldBeInRange(0.999, 1.05);
        }
    }

    [Property(MaxTest = 10)]
    public void The_budget_is_never_exceeded_and_the_queries_are_the_passes_made(int seed)
    {
        var random = new Random(seed);
        var classifier = HiddenLayerClassifier.Random(random, Samples.Shape, hidden: 8, classes: 4);
        var images = Samples.Images(random, Samples.Shape, 12);
        var labels = Samples.Labels(random, classifier, images);
        foreach (var budget in new[] { 1, 2, 3, 11, 12, 30, 31, 32, 100, 1 + random.Next(500) })
        {
            var counting = new WatchedClassifier(classifier.WithLanes(1));
            var result = Attack.With(Parameters with { QueryBudget = budget }).Craft(counting, images, labels);
            result.Queries.ShouldAllBe(queries => queries >= 1 && queries <= budget);
            result.Queries.Sum().ShouldBe(counting.Forwards - labels.Length);
        }
    }

    [Fact]
    public void Images_without_adversarial_noise_fail_after_the_trials_as_they_were()
    {
        var classifier = new LinearClassifier(Samples.Shape, [new float[18], new float[18]], [1, 0]);
        var image = Samples.Images(new Random(1), Samples.Shape, 1);
        var result = Attack.With(Parameters with { StartTrials = 7 }).Craft(classifier, image, [0]);
        (result.Success[0], result.Queries[0]).ShouldBe((false, 8));
        result.Adversarial.ShouldBe(image);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(40)]
    public void Logits_that_are_no_numbers_end_the_attack_with_what_it_has(int after)
    {
        var random = new Random(4);
        var classifier = HiddenLayerClassifier.Random(random, Samples.Shape, hidden: 8, classes: 4);
        var image = Samples.Images(random, Samples.Shape, 1);
        var label = (byte)Samples.ArgMax(Samples.Logits(classifier, image));
        var forwards = 0;
        var watched = new WatchedClassifier(classifier.WithLanes(1))
        {
            AfterForward = (_, logits) => logits[0] = ++forwards >= after ? float.NaN : logits[0],
        };
        var result = Attack.With(Parameters).Craft(watched, image, [label]);
        result.Queries[0].ShouldBe(after);
        result.Success[0].ShouldBeFalse();
        result.Adversarial.ShouldAllBe(pixel => pixel >= 0 && pixel <= 1);
    }

    [Fact]
    public void Another_seed_shuffle_or_sample_number_draws_other_noise()
    {
        var random = new Random(6);
        var classifier = HiddenLayerClassifier.Random(random, Samples.Shape, hidden: 8, classes: 4);
        var image = Samples.Images(random, Samples.Shape, 1);
        byte[] label = [(byte)Samples.ArgMax(Samples.Logits(classifier, image))];
        var attack = Attack.With(Parameters with { QueryBudget = 200 });
        SampleStreams[] streams =
            [new(1, 1, new[] { 1 }), new(2, 1, new[] { 1 }), new(1, 2, new[] { 1 }), new(1, 1, new[] { 2 })];
        streams.Select(stream => attack.Craft(classifier, image, label, stream).L2[0]).Distinct().Count().ShouldBe(4);
    }

    [Property(MaxTest = 10)]
    public void Noise_is_the_samples_stream_with_the_same_bits_in_any_tile(ulong seed, uint sample, uint shuffle)
    {
        const int pixels = 21;
        var purpose = RandomStream.PurposeWord(GradientEstimator.Directions, 1000);
        foreach (var lanes in new[] { 1, 5, 16, 32, 48 })
        {
            var (noise, squares) = (new float[pixels * lanes], new float[lanes]);
            RandomDirections.Fill(seed, (sample, shuffle, purpose), pixels, noise, squares);
            for (var lane = 0; lane < lanes; lane++)
            {
                var stream = new RandomStream(
                    seed, (int)shuffle, GradientEstimator.Directions, (int)sample, 1000 + lane);
                var (word, sum) = (0u, 0f);
                for (var pixel = 0; pixel < pixels; pixel++)
                {
                    word = pixel % 2 == 0 ? stream.NextBits() : word >> 16;
                    var expected = ((short)word + 0.5f) / 32768;
                    noise[pixel * lanes + lane].ShouldBe(expected);
                    sum = MathF.FusedMultiplyAdd(expected, expected, sum);
                }

                squares[lane].ShouldBe(sum);
            }
        }
    }

    [Property(MaxTest = 20)]
    public void The_normal_is_the_baselined_mean_of_the_signed_changes_in_any_tile(int seed)
    {
        const int pixels = 9;
        var random = new Random(seed);
        var queries = 1 + random.Next(80);
        float[] Row() => [.. Enumerable.Range(0, pixels).Select(_ => random.NextSingle())];
        var (point, asked) = (Row(), Enumerable.Range(0, queries).Select(_ => Row()).ToArray());
        var bias = random.NextDouble();
        var decisions = asked.Select(_ => random.NextDouble() < bias ? 1f : -1f).ToArray();
        var mean = decisions.Average();
        var baseline = Math.Abs(mean) == 1 ? 0 : mean;
        var expected = Enumerable.Range(0, pixels).Select(pixel =>
            asked.Zip(decisions, (row, decision) => (row[pixel] - point[pixel]) * (decision - (double)baseline)).Sum())
            .ToArray();
        var norm = Math.Sqrt(expected.Sum(value => value * value));
        var normals = new[] { 1, 5, 8, 32, 48 }.Select(lanes => Normal(point, asked, decisions, lanes)).ToArray();
        normals.ShouldAllBe(normal => normal.SequenceEqual(normals[0]));
        for (var pixel = 0; pixel < pixels; pixel++)
        {
            ((double)normals[0][pixel]).ShouldBe(expected[pixel] / norm, 1e-4);
        }
    }

    private static float[] Normal(float[] point, float[][] asked, float[] decisions, int lanes)
    {
        var sums = new MonteCarloEstimate(point);
        sums.Clear();
        for (var first = 0; first < asked.Length; first += lanes)
        {
            var (tile, here) = (new float[point.Length * lanes], new float[lanes]);
            for (var lane = 0; lane < lanes; lane++)
            {
                var query = first + lane < asked.Length ? asked[first + lane] : point;
                here[lane] = query == point ? 0 : decisions[first + lane];
                for (var pixel = 0; pixel < point.Length; pixel++)
                {
                    tile[pixel * lanes + lane] = query[pixel];
                }
            }

            sums.Add(tile, here);
        }

        var normal = new float[point.Length];
        sums.Normal(normal);
        return normal;
    }
}
