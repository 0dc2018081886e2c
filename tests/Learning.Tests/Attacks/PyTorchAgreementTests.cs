using System.Text.Json;
using AdvFit.Learning.Attacks.DeepFool;
using AdvFit.Learning.Attacks.Fgsm;

namespace AdvFit.Learning.Tests.Attacks;

/// <summary>Agreement with PyTorch, whose results pytorch/generate.py wrote into pytorch/attacks.json.</summary>
public class PyTorchAgreementTests
{
    private static readonly ImageShape Shape = new(1, 6, 6);
    private static readonly PyTorchResults PyTorch = Read();

    [Fact]
    public void Fgsm_steps_along_the_sign_of_the_pytorch_gradient()
    {
        var result = Attack.With(new FgsmParameters { Epsilon = 0.1 }).Craft(Classifier, Images, PyTorch.Labels);

        var gradients = PyTorch.LossGradients.SelectMany(gradient => gradient).ToArray();
        gradients.Min(MathF.Abs).ShouldBeGreaterThan(1e-7f, "too near 0 for its sign to be beyond rounding");
        result.Adversarial.ShouldBe(
            Images.Zip(gradients, (pixel, gradient) => Math.Clamp(pixel + 0.1f * MathF.Sign(gradient), 0, 1)));
    }

    [Theory]
    [InlineData(true, 1e-4)]
    [InlineData(false, 0)]
    public void DeepFool_ends_at_the_pixels_of_the_pytorch_one(bool overshootEachStep, double stepMargin)
    {
        var expected = overshootEachStep ? PyTorch.DeepFoolStep : PyTorch.DeepFoolEnd;

        var result = Attack.With(new DeepFoolParameters
        {
            MaxIterations = 50,
            Overshoot = 0.02,
            OvershootEachStep = overshootEachStep,
            StepMargin = stepMargin,
        }).Craft(Classifier, Images, PyTorch.Labels);

        result.Success.ShouldAllBe(success => success);
        result.Adversarial.ShouldBe(expected.SelectMany(image => image), 2e-5f);
        result.Adversarial.Zip(Images, (after, before) => Math.Abs(after - before)).Max().ShouldBeGreaterThan(0.01f);
    }

    private static HiddenLayerClassifier Classifier => new(
        Shape, PyTorch.HiddenWeights, PyTorch.HiddenBiases, PyTorch.OutputWeights, PyTorch.OutputBiases);

    private static float[] Images => [.. PyTorch.Images.SelectMany(image => image)];

    private static PyTorchResults Read()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AdvFit.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run outside the repository.");
        }

        var file = Path.Combine(folder.FullName, "tests", "Learning.Tests", "Attacks", "pytorch", "attacks.json");
        return JsonSerializer.Deserialize<PyTorchResults>(File.ReadAllText(file), JsonSerializerOptions.Web)!;
    }

    private sealed record PyTorchResults(
        float[][] HiddenWeights, float[] HiddenBiases, float[][] OutputWeights, float[] OutputBiases,
        float[][] Images, int[] LabelClasses, float[][] LossGradients, float[][] DeepFoolStep, float[][] DeepFoolEnd)
    {
        public byte[] Labels => [.. LabelClasses.Select(label => (byte)label)];
    }
}
