using AdvFit.Learning.Formats;

namespace AdvFit.Cli.Tests;

/// <summary>The small network of pytorch/generate.py, with 70 images, their labels and PyTorch's logits.</summary>
public static class PyTorchModel
{
    public const int Images = 70, Classes = 4;

    public static readonly int[] ImageShape = [2, 8, 8];

    /// <summary>The command line that names all of it.</summary>
    public static string[] Options { get; } =
        ["--network", Path("small.yaml"), "--weights", Path("small.safetensors"), "--images", Path("images.npy")];

    public static string[] WithLabels { get; } = [.. Options, "--labels", Path("labels.npy")];

    public static float[] Pixels => Read<float>("images.npy");

    public static long[] Labels => Read<long>("labels.npy");

    public static float[] Logits => Read<float>("logits.npy");

    public static string Path(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "pytorch", name);

    private static T[] Read<T>(string name)
        where T : unmanaged => Npy.Read<T>(File.ReadAllBytes(Path(name)), name).Values;
}
