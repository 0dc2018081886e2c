using System.Collections.Immutable;
using AdvFit.Learning.Formats;
using AdvFit.Messages;
using static AdvFit.Experiments.ArrayFiles;

namespace AdvFit.Experiments;

/// <summary>What a k-NN classifier predicts of some images at every fit level.</summary>
/// <param name="Labels">Their true classes.</param>
/// <param name="Predicted">Predicted classes, [level][image].</param>
public sealed record KnnPredictions(byte[] Labels, byte[] Predicted)
{
    /// <summary>Whether the classifier is right about an image.</summary>
    /// <param name="level">Place of K in the fit levels; 0 is Z.</param>
    public bool IsRight(int level, int image) => Predicted[level * Labels.Length + image] == Labels[image];

    /// <summary>Of each image, whether Z-NN is wrong about it.</summary>
    public bool[] WrongAtZ() => [.. Enumerable.Range(0, Labels.Length).Select(image => !IsRight(level: 0, image))];

    /// <summary>Of the chosen images, the correctly classified at each level.</summary>
    public ImmutableArray<int> Correct(int levels, Func<int, bool> chosen)
    {
        int[] images = [.. Enumerable.Range(0, Labels.Length).Where(chosen)];
        return [.. Enumerable.Range(0, levels).Select(level => images.Count(image => IsRight(level, image)))];
    }

    /// <summary>
    /// The file of a subset: <c>index</c> (pooled) and <c>label</c> of every image, its <c>neighbours</c> (pooled indices
    /// of train samples, nearest first, [image][Z]), <c>levels</c> (K) and <c>predicted</c> [level][image].
    /// </summary>
    public byte[] Write(int[] indices, int[] neighbours, ImmutableArray<int> levels) => Npz.Write(
        ("index", Vector(indices)), ("label", Vector(Labels)),
        ("neighbours", new NpyArray<int>([indices.Length, levels[0]], neighbours)), ("levels", Vector<int>([.. levels])),
        ("predicted", new NpyArray<byte>([levels.Length, indices.Length], Predicted)));

    /// <exception cref="InvalidDataException">The file is not one that <see cref="Write"/> wrote.</exception>
    public static KnnPredictions Read(byte[] contents, Artifact file)
    {
        var arrays = Npz.Read(contents, file.Path);
        return new KnnPredictions(arrays.Values<byte>("label", file), arrays.Values<byte>("predicted", file));
    }
}
