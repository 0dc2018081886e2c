using AdvFit.Learning.Formats;

namespace AdvFit.Cli.Tests;

/// <summary><c>advfit attack</c> on a network trained with PyTorch.</summary>
public sealed class AttackTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_array_is_there_and_says_what_PyTorch_would_find()
    {
        var arrays = Attack("out.npz", "--attack", "deepfool", "--profile", "reference");
        arrays.Keys.Order().ShouldBe(
            ["adversarial", "adversarial_predicted", "gradients", "l2", "linf", "logits", "predicted", "queries", "success"]);
        var adversarial = Values<float>(arrays, "adversarial", [PyTorchModel.Images, .. PyTorchModel.ImageShape]);
        var success = Values<bool>(arrays, "success", PyTorchModel.Images);
        var (l2, linf) = (Values<double>(arrays, "l2", PyTorchModel.Images), Values<double>(arrays, "linf", PyTorchModel.Images));
        var queries = Values<int>(arrays, "queries", PyTorchModel.Images);
        var gradients = Values<int>(arrays, "gradients", PyTorchModel.Images);
        var predicted = Values<long>(arrays, "predicted", PyTorchModel.Images);
        var adversarialPredicted = Values<long>(arrays, "adversarial_predicted", PyTorchModel.Images);
        var logits = Values<float>(arrays, "logits", PyTorchModel.Images, PyTorchModel.Classes);
        adversarial.ShouldAllBe(pixel => pixel >= 0 && pixel <= 1);
        success.Count(each => each).ShouldBeGreaterThan(60);
        var (labels, originals, cleanLogits) = (PyTorchModel.Labels, PyTorchModel.Pixels, PyTorchModel.Logits);
        var length = originals.Length / PyTorchModel.Images;
        for (var image = 0; image < PyTorchModel.Images; image++)
        {
            predicted[image].ShouldBe(Largest(cleanLogits, image));
            adversarialPredicted[image].ShouldBe(Largest(logits, image));
            success[image].ShouldBe(adversarialPredicted[image] != labels[image]);
            var differences = Enumerable.Range(image * length, length)
                .Select(i => (double)adversarial[i] - originals[i]).ToList();
            l2[image].ShouldBe(Math.Sqrt(differences.Sum(difference => difference * difference)), 1e-9);
            linf[image].ShouldBe(differences.Max(Math.Abs), 1e-12);
            (queries[image] >= 1).ShouldBeTrue();
            (gradients[image] > 0).ShouldBe(predicted[image] == labels[image]);
        }
    }

    [Fact]
    public void Predicting_the_adversarial_images_gives_the_same_logits()
    {
        var arrays = Attack("out.npz", "--attack", "fgsm");
        File.WriteAllBytes(_folder["adversarial.npy"], Npy.Write(arrays["adversarial"]));
        BuiltProgram.Run(
            _folder, "predict", "--network", PyTorchModel.Path("small.yaml"), "--weights",
            PyTorchModel.Path("small.safetensors"), "--images", "adversarial.npy", "-o", "again.npz").Code.ShouldBe(ExitCodes.Done);
        var again = Npz.Read(File.ReadAllBytes(_folder["again.npz"]), "again.npz");
        Npy.Write(again["logits"]).ShouldBe(Npy.Write(arrays["logits"]));
        Npy.Write(again["predicted"]).ShouldBe(Npy.Write(arrays["adversarial_predicted"]));
    }

    [Fact]
    public void The_bytes_are_the_same_on_one_thread_and_on_three()
    {
        Attack("one.npz", "--attack", "deepfool", "--threads", "1");
        Attack("three.npz", "--attack", "deepfool", "--threads", "3");
        File.ReadAllBytes(_folder["three.npz"]).ShouldBe(File.ReadAllBytes(_folder["one.npz"]));
    }

    [Fact]
    public void A_set_value_takes_the_place_of_the_profiles()
    {
        var arrays = Attack("out.npz", "--attack", "fgsm", "--profile", "paper", "--set", "epsilon=0.25");
        Values<double>(arrays, "linf", PyTorchModel.Images).Max().ShouldBe(0.25, 1e-6);
    }

    [Fact]
    public void Help_asks_for_no_required_option()
    {
        var ended = BuiltProgram.Run(_folder, "attack", "--help");
        ended.Code.ShouldBe(ExitCodes.Done);
        ended.Error.ShouldBe("");
        ended.Text.ShouldContain("--weights");
    }

    private IReadOnlyDictionary<string, NpyArray> Attack(string output, params string[] options)
    {
        var ended = BuiltProgram.Run(_folder, ["attack", .. PyTorchModel.WithLabels, .. options, "-o", output]);
        ended.Error.ShouldBe("");
        ended.Code.ShouldBe(ExitCodes.Done);
        return Npz.Read(File.ReadAllBytes(_folder[output]), output);
    }

    private static T[] Values<T>(IReadOnlyDictionary<string, NpyArray> arrays, string name, params int[] shape)
        where T : unmanaged
    {
        var array = arrays[name].ShouldBeOfType<NpyArray<T>>();
        array.Shape.ShouldBe(shape);
        return array.Values;
    }

    private static int Largest(float[] logits, int image)
    {
        var row = logits.AsSpan(image * PyTorchModel.Classes, PyTorchModel.Classes).ToArray();
        return Array.IndexOf(row, row.Max());
    }
}
