using System.CommandLine;
using AdvFit.Cli.Models;
using AdvFit.Cli.Rendering;
using AdvFit.Experiments;
using AdvFit.Learning.Formats;
using AdvFit.Learning.Networks;
using AdvFit.Learning.Training;
using AdvFit.Sweeps.Local;

namespace AdvFit.Cli.Commands;

/// <summary><c>advfit predict</c>: logits of a network trained elsewhere.</summary>
internal static class PredictCommand
{
    public static Command Create()
    {
        var (network, weights, images) = (ModelOptions.Network(), ModelOptions.Weights(), ModelOptions.Images());
        var (labels, output) = (ModelOptions.Labels(isRequired: false), ModelOptions.Output("logits and predicted classes"));
        var threads = ModelOptions.Threads();
        var command = new DocumentedCommand(
            "predict",
            "Predict images with a network trained elsewhere, such as with PyTorch.",
            "predict --network lenet5 --weights w.safetensors --images x.npy -o logits.npz",
            "predict --network my-net.yaml --weights w.safetensors --images x.npy --labels y.npy -o logits.npz")
        {
            network, weights, images, labels, output, threads,
        };
        command.SetAction(parsed =>
        {
            var file = new OutputFile(parsed.GetRequiredValue(output));
            var array = ImageArray.Read(parsed.GetRequiredValue(images));
            var victim = Victim.Load(parsed.GetRequiredValue(network), parsed.GetRequiredValue(weights), array);
            var truth = parsed.GetValue(labels) is { } path ? LabelArray.Read(path, array, victim.Classes) : null;
            var logits = ChunkedPrediction.Logits(
                victim, ImageArray.Unlabelled(array.Pixels, array.Count), array.Count,
                parsed.GetValue(threads) ?? PhysicalCores.Count());
            var predicted = Predicted(logits, victim);
            file.Write(Npz.Write(
                ("logits", new NpyArray<float>([array.Count, victim.Classes], logits)),
                ("predicted", new NpyArray<long>([array.Count], predicted))));
            Terminal.Out.Write(Tables.Facts(Facts(array, victim, predicted, truth, parsed.GetRequiredValue(output))));
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>The class of the largest logit of each image, the first one on a tie, as PyTorch's argmax.</summary>
    public static long[] Predicted(float[] logits, Network network)
    {
        var predicted = new long[logits.Length / network.Classes];
        for (var image = 0; image < predicted.Length; image++)
        {
            predicted[image] = Predictor.ClassOf(logits.AsSpan(image * network.Classes, network.Classes));
        }

        return predicted;
    }

    private static IEnumerable<(string, string)> Facts(
        ImageArray images, Network network, long[] predicted, byte[]? truth, string output)
    {
        yield return ("network", $"{network.Definition.Name}, {network.Classes} classes");
        yield return ("images", $"{Format.Count(images.Count)} of {images.Shape}");
        if (truth is not null)
        {
            var right = predicted.Where((prediction, image) => prediction == truth[image]).Count();
            yield return ("right", $"{Format.Count(right)}, {Format.Percent((double)right / images.Count)}");
        }

        yield return ("written", $"{output}: logits float32, predicted int64");
    }
}
