using AdvFit.Learning.Formats;

namespace AdvFit.Cli.Tests;

/// <summary><c>advfit predict</c> on a network trained with PyTorch.</summary>
public sealed class PredictTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Logits_and_predictions_are_those_of_PyTorch()
    {
        var ended = BuiltProgram.Run(_folder, ["predict", .. PyTorchModel.WithLabels, "-o", "out.npz"]);
        ended.Error.ShouldBe("");
        ended.Code.ShouldBe(ExitCodes.Done);
        ended.Text.ShouldContain("69, 98.6%");

        var arrays = Npz.Read(File.ReadAllBytes(_folder["out.npz"]), "out.npz");
        var logits = arrays["logits"].ShouldBeOfType<NpyArray<float>>();
        logits.Shape.ShouldBe([PyTorchModel.Images, PyTorchModel.Classes]);
        var predicted = arrays["predicted"].ShouldBeOfType<NpyArray<long>>();
        predicted.Shape.ShouldBe([PyTorchModel.Images]);
        var expected = PyTorchModel.Logits;
        for (var i = 0; i < expected.Length; i++)
        {
            logits.Values[i].ShouldBe(expected[i], 1e-5f);
        }

        for (var image = 0; image < PyTorchModel.Images; image++)
        {
            var row = expected.AsSpan(image * PyTorchModel.Classes, PyTorchModel.Classes).ToArray();
            predicted.Values[image].ShouldBe(Array.IndexOf(row, row.Max()));
        }

        Directory.GetFiles(_folder.Path).ShouldBe([_folder["out.npz"]]);
    }
}
