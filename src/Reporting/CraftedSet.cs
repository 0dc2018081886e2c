using AdvFit.Experiments;
using AdvFit.Learning.Formats;

namespace AdvFit.Reporting;

/// <summary>The stored successes of one attack on one shuffle. All arrays are parallel.</summary>
/// <param name="Indices">Indices in the pooled data set.</param>
/// <param name="Predicted">Classes that the network predicts.</param>
/// <param name="L2">Euclidean norms of the perturbations.</param>
/// <param name="Linf">Largest absolute pixel changes.</param>
internal sealed record CraftedSet(int[] Indices, byte[] Predicted, double[] L2, double[] Linf)
{
    /// <summary>Reads the per-sample file; null where it is missing or damaged.</summary>
    /// <exception cref="InvalidDataException">It is intact but not a file of per-sample outcomes.</exception>
    public static CraftedSet? Read(IArtifactStore artifacts, AttackCrafted crafted)
    {
        if (!artifacts.TryRead(crafted.Samples, out var file))
        {
            return null;
        }

        var arrays = Npz.Read(file, crafted.Samples.Path);
        var success = Values<bool>("success");
        return new CraftedSet(
            Successes(Values<int>("index")), Successes(Values<byte>("predicted")), Successes(Values<double>("l2")),
            Successes(Values<double>("linf")));

        T[] Successes<T>(T[] values) => [.. values.Where((_, sample) => success[sample])];

        T[] Values<T>(string name)
            where T : unmanaged => arrays.GetValueOrDefault(name) is NpyArray<T> array
                ? array.Values
                : throw new InvalidDataException($"{crafted.Samples.Path} has no array '{name}' of {typeof(T).Name}.");
    }

    /// <summary>The adversarial pixels of the successes, [image][channel][row][column]; null where the file is not intact.</summary>
    /// <exception cref="InvalidDataException">It is intact but holds no adversarial images.</exception>
    public static float[]? ReadPixels(IArtifactStore artifacts, AttackCrafted crafted) =>
        !artifacts.TryRead(crafted.Adversarial, out var file) ? null
        : Npz.Read(file, crafted.Adversarial.Path).GetValueOrDefault("adversarial") is NpyArray<float> pixels ? pixels.Values
        : throw new InvalidDataException($"{crafted.Adversarial.Path} has no array 'adversarial' (float32).");
}
