using AdvFit.Learning.Attacks.Common;
using AdvFit.Learning.Kernels;
using FsCheck.Xunit;

namespace AdvFit.Learning.Tests.Attacks;

public class CrossEntropyGradientTests
{
    [Property]
    public void It_is_softmax_minus_the_label_up_to_a_positive_factor(int seed)
    {
        var random = new Random(seed);
        var logits = Enumerable.Range(0, 10).Select(_ => random.NextSingle() * 20 - 10).ToArray();
        var label = random.Next(10);

        var written = Seed(logits, label);

        var exponentials = logits.Select(logit => Math.Exp(logit)).ToArray();
        var others = exponentials.Where((_, k) => k != label).ToArray();
        for (var k = 0; k < 10; k++)
        {
            var expected = k == label ? -others.Sum() / others.Max() : exponentials[k] / others.Max();
            ((double)written[k]).ShouldBe(expected, 1e-6 * Math.Abs(expected));
        }
    }

    [Fact]
    public void It_keeps_its_direction_where_softmax_rounds_to_one_hot() =>
        Seed([500, 0, -1], 0).ShouldBe([-(float)(1 + Math.Exp(-1)), 1, (float)Math.Exp(-1)]);

    [Fact]
    public void It_is_finite_for_the_largest_logits() =>
        Seed([float.MaxValue, -float.MaxValue, float.MaxValue], 0).ShouldBe([-1, 0, 1]);

    [Property]
    public void The_exponential_agrees_with_the_systems(double x)
    {
        var argument = double.IsFinite(x) ? -Math.Abs(x) % 700 : 0;
        PortableMath.Exponential(argument).ShouldBe(Math.Exp(argument), 1e-14 * Math.Exp(argument));
    }

    private static float[] Seed(float[] logits, int label)
    {
        var weights = logits.Select(_ => new[] { 0f }).ToArray();
        var tile = new LinearClassifier(new(1, 1, 1), weights, logits, lanes: 3).CreateTile();
        tile.Forward();
        CrossEntropyGradient.Write(tile, 1, label);
        return [.. Enumerable.Range(0, logits.Length).Select(k => tile.LogitGradients[k * 3 + 1])];
    }
}
