namespace AdvFit.Learning.Tests.Attacks;

public class SmallClassifiersTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Gradients_of_the_hidden_layer_classifier_match_central_differences(int seed)
    {
        var random = new Random(seed);
        var classifier = HiddenLayerClassifier.Random(random, Samples.Shape, hidden: 7, classes: 4);
        var image = Samples.Images(random, Samples.Shape, 1);
        float[] weights = [0.5f, -1, 0.25f, 2];
        var gradient = Samples.Gradient(classifier, image, weights);

        double Value(int pixel, float change)
        {
            var moved = (float[])image.Clone();
            moved[pixel] += change;
            return Samples.Logits(classifier, moved).Zip(weights, (logit, weight) => (double)logit * weight).Sum();
        }

        for (var pixel = 0; pixel < image.Length; pixel++)
        {
            const float step = 1f / 256;
            var expected = (Value(pixel, step) - Value(pixel, -step)) / (2 * step);
            ((double)gradient[pixel]).ShouldBe(expected, 2e-3 * (1 + Math.Abs(expected)));
        }
    }
}
