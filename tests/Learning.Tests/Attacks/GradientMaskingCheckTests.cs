using AdvFit.Learning.Attacks;
using AdvFit.Learning.Networks;
using AdvFit.Learning.Training;

namespace AdvFit.Learning.Tests.Attacks;

public class GradientMaskingCheckTests
{
    private static readonly NetworkDefinition s_lenet = NetworkCatalog.Create("lenet5", new ImageShape(1, 28, 28), 10);

    [Fact]
    public void A_network_in_order_has_finite_logits_and_gradients() => Probe(_ => { }).ShouldBe((0, 0));

    [Fact]
    public void A_network_that_passes_nothing_on_has_zero_gradients_everywhere() =>
        Probe(weights => weights[s_lenet.Parameters[0]].Clear()).ShouldBe((0, 40));

    [Fact]
    public void Logits_that_are_no_numbers_are_counted_as_such_and_not_as_zero_gradients() =>
        Probe(weights => weights[s_lenet.Parameters[^1]][3] = float.NaN).ShouldBe((40, 0));

    [Fact]
    public void A_prediction_too_sure_for_float32_still_has_a_gradient() =>
        Probe(weights => weights[s_lenet.Parameters[^1]][0] = 1000).ShouldBe((0, 0));

    private static (int NonFiniteLogits, int ZeroGradients) Probe(Action<Parameters> change)
    {
        var weights = Parameters.Initialize(s_lenet, seed: 3, shuffle: 1);
        change(weights);
        var network = new Network(s_lenet);
        network.Load(weights);
        var pixels = Samples.Images(new Random(5), s_lenet.Input, 40);
        var images = new FloatImages(pixels, new byte[40], s_lenet.Input.Length);
        return new GradientMaskingCheck(network).Run(images, [.. Enumerable.Range(0, 40)]);
    }
}
