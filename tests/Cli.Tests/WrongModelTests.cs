using AdvFit.Learning;
using AdvFit.Learning.Formats;
using AdvFit.Learning.Networks;

namespace AdvFit.Cli.Tests;

/// <summary>A network, weights, images, labels or an attack that do not fit are refused with what is expected and what is there.</summary>
public sealed class WrongModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Images_of_another_type_are_refused() =>
        RefusedImages(new NpyArray<byte>([1, 2, 8, 8], new byte[128]), "uint8 [1, 2, 8, 8]", "float32 array [N, channels, rows, columns]");

    [Fact]
    public void Images_of_another_rank_are_refused() =>
        RefusedImages(new NpyArray<float>([2, 8, 8], new float[128]), "float32 [2, 8, 8]", "[N, channels, rows, columns]");

    [Fact]
    public void No_images_are_refused() =>
        RefusedImages(new NpyArray<float>([0, 2, 8, 8], []), "float32 [0, 2, 8, 8]", "[N, channels, rows, columns]");

    [Fact]
    public void Images_of_another_shape_than_the_networks_are_refused() =>
        RefusedImages(new NpyArray<float>([1, 1, 8, 8], new float[64]), "images of 1x8x8", "small.yaml", "2x8x8");

    [Theory]
    [InlineData(1.5f)]
    [InlineData(-0.1f)]
    [InlineData(float.NaN)]
    public void A_pixel_outside_its_range_is_refused_with_its_place(float pixel)
    {
        var pixels = new float[2 * 128];
        pixels[128 + 64 + 3 * 8 + 5] = pixel;
        RefusedImages(new NpyArray<float>([2, 2, 8, 8], pixels), $"{pixel} at [1, 1, 3, 5]", "[0, 1]");
    }

    [Fact]
    public void A_file_that_is_no_array_is_refused()
    {
        _folder.Write("x.npy", "text");
        Refused(["predict", .. Model(images: "x.npy"), "-o", "out.npz"], "x.npy", "no .npy file");
    }

    [Fact]
    public void Labels_of_another_type_are_refused() =>
        RefusedLabels(new NpyArray<float>([70], new float[70]), "float32 [70]", "int64", "[70]");

    [Fact]
    public void Labels_of_another_number_are_refused() =>
        RefusedLabels(new NpyArray<long>([69], new long[69]), "int64 [69]", "70 images");

    [Fact]
    public void A_label_that_is_no_class_is_refused_with_its_place()
    {
        var labels = new int[70];
        labels[7] = 4;
        RefusedLabels(new NpyArray<int>([70], labels), "4 at [7]", "0 to 3");
    }

    [Fact]
    public void Everything_wrong_with_the_weights_is_told_at_once()
    {
        var tensors = SafeTensors.Read(File.ReadAllBytes(PyTorchModel.Path("small.safetensors")), "w").ToDictionary(tensor => tensor.Name);
        tensors.Remove("fc1.bias");
        tensors["fc2.bias"] = new Float32Tensor("fc2.bias", [2, 2], new float[4]);
        tensors["conv1.bias"] = new Int64Tensor("conv1.bias", [3], new long[3]);
        tensors["fc2.weight"] = new Float32Tensor("fc2.weight", [4, 7], [.. Enumerable.Repeat(float.NaN, 28)]);
        tensors["bn.weight"] = new Float32Tensor("bn.weight", [3], new float[3]);
        File.WriteAllBytes(_folder["w.safetensors"], SafeTensors.Write([.. tensors.Values]));
        Refused(
            ["predict", .. Model(weights: "w.safetensors"), "-o", "out.npz"],
            "lacks 'fc1.bias', float32 [7]", "'fc2.bias' is [2, 2], where [4] is needed", "'conv1.bias' is not float32",
            "'fc2.weight' holds a value that is not finite",
            "it has 'bn.weight' [3], which the network has not");
    }

    [Fact]
    public void Weights_of_another_network_are_refused_by_one_of_the_catalog()
    {
        File.WriteAllBytes(_folder["x.npy"], Npy.Write(new NpyArray<float>([1, 3, 32, 32], new float[3072])));
        Refused(
            ["predict", .. Model(network: "lenet5", images: "x.npy"), "-o", "out.npz"],
            "'fc3.bias'", "'conv1.weight' [3, 2, 3, 3]");
    }

    [Fact]
    public void Images_too_small_for_a_network_of_the_catalog_are_refused() =>
        Refused(["predict", .. Model(network: "lenet5"), "-o", "out.npz"], "2x8x8", "lenet5", "conv2");

    [Fact]
    public void A_network_of_the_catalog_has_as_many_classes_as_its_weights()
    {
        var weights = Parameters.Initialize(NetworkCatalog.Create("lenet5", new ImageShape(1, 28, 28), 7), seed: 3, shuffle: 1);
        File.WriteAllBytes(_folder["w.safetensors"], WeightsFile.Write(weights));
        File.WriteAllBytes(_folder["x.npy"], Npy.Write(new NpyArray<float>([3, 1, 28, 28], new float[3 * 784])));
        File.WriteAllBytes(_folder["y.npy"], Npy.Write(new NpyArray<byte>([3], [0, 1, 6])));
        var ended = BuiltProgram.Run(
            _folder, "attack", "--network", "lenet5", "--weights", "w.safetensors", "--images", "x.npy", "--labels", "y.npy",
            "--attack", "fgsm", "-o", "out.npz");
        ended.Code.ShouldBe(ExitCodes.Done, ended.Error);
        Npz.Read(File.ReadAllBytes(_folder["out.npz"]), "out.npz")["logits"].Shape.ShouldBe([3, 7]);
    }

    [Fact]
    public void A_network_that_there_is_not_is_refused_with_those_that_there_are() =>
        Refused(["predict", .. Model(network: "lenet6"), "-o", "out.npz"], "'lenet6'", "lenet5", "lenet5-wide", "YAML");

    [Theory]
    [InlineData("deepfull", "paper", "max_iterations=5", "deepfool")]
    [InlineData("deepfool", "papers", "max_iterations=5", "reference")]
    [InlineData("deepfool", "paper", "iterations=5", "max_iterations")]
    [InlineData("deepfool", "paper", "max_iterations", "needs a number")]
    [InlineData("deepfool", "paper", "max_iterations=many", "needs a number")]
    [InlineData("deepfool", "paper", "max_iterations=0", "whole number from 1")]
    public void An_attack_profile_or_parameter_that_there_is_not_is_refused(
        string attack, string profile, string setting, string mention) => Refused(
            ["attack", .. PyTorchModel.WithLabels, "--attack", attack, "--profile", profile, "--set", setting, "-o", "out.npz"],
            mention);

    [Fact]
    public void A_missing_file_is_named() =>
        Refused(["predict", .. Model(weights: "nowhere.safetensors"), "-o", "out.npz"], "nowhere.safetensors");

    [Fact]
    public void An_output_in_no_folder_is_refused() =>
        Refused(["predict", .. PyTorchModel.Options, "-o", "nowhere/out.npz"], "nowhere", "create it");

    private void RefusedImages(NpyArray images, params string[] mentions)
    {
        File.WriteAllBytes(_folder["x.npy"], Npy.Write(images));
        Refused(["predict", .. Model(images: "x.npy"), "-o", "out.npz"], ["x.npy", .. mentions]);
    }

    private void RefusedLabels(NpyArray labels, params string[] mentions)
    {
        File.WriteAllBytes(_folder["y.npy"], Npy.Write(labels));
        Refused(["attack", .. PyTorchModel.Options, "--labels", "y.npy", "--attack", "fgsm", "-o", "out.npz"], ["y.npy", .. mentions]);
    }

    private void Refused(string[] arguments, params string[] mentions)
    {
        var ended = BuiltProgram.Run(_folder, arguments);
        ended.Code.ShouldBe(ExitCodes.BadInput, ended.Error);
        var line = ended.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldHaveSingleItem();
        foreach (var mention in mentions)
        {
            line.ShouldContain(mention, Case.Sensitive);
        }

        File.Exists(_folder["out.npz"]).ShouldBeFalse();
    }

    private static string[] Model(string? network = null, string? weights = null, string? images = null) =>
    [
        "--network", network ?? PyTorchModel.Path("small.yaml"),
        "--weights", weights ?? PyTorchModel.Path("small.safetensors"),
        "--images", images ?? PyTorchModel.Path("images.npy"),
    ];
}
