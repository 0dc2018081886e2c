using AdvFit.Learning.Attacks;
using AdvFit.Learning.Formats;
using AdvFit.Messages;
using static AdvFit.Experiments.ArrayFiles;

namespace AdvFit.Experiments;

/// <summary>The adversarial examples that one attack made on one shuffle, ready to be evaluated.</summary>
/// <param name="Outcome">Counts and norms.</param>
/// <param name="Pixels">The successful ones, [image][channel][row][column], in [0, 1].</param>
/// <param name="Labels">Their true classes.</param>
/// <param name="Indices">Pooled indices of the images that they were made from.</param>
/// <param name="L2">Euclidean norms of their perturbations.</param>
/// <param name="Linf">Largest absolute pixel changes of them.</param>
/// <param name="Failures">Pooled indices of the images that were attacked in vain.</param>
internal sealed record AdversarialSet(
    AttackOutcome Outcome, float[] Pixels, byte[] Labels, int[] Indices, double[] L2, double[] Linf, int[] Failures)
{
    /// <summary>The images file: <c>index</c> (pooled), <c>label</c> and <c>adversarial</c> of the successful samples.</summary>
    public static byte[] WriteImages(int[] indices, byte[] labels, AttackResult result, int[] shape)
    {
        var length = shape.Aggregate(1, (product, size) => product * size);
        var successes = Enumerable.Range(0, indices.Length).Where(i => result.Success[i]).ToArray();
        var pixels = new float[successes.Length * length];
        for (var i = 0; i < successes.Length; i++)
        {
            result.Adversarial.AsSpan(successes[i] * length, length).CopyTo(pixels.AsSpan(i * length));
        }

        return Npz.Write(
            ("index", Vector(Array.ConvertAll(successes, i => indices[i]))),
            ("label", Vector(Array.ConvertAll(successes, i => labels[i]))),
            ("adversarial", new NpyArray<float>([successes.Length, .. shape], pixels)));
    }

    /// <summary>The per-sample file: everything but the pixels, of every sample attacked.</summary>
    public static byte[] WriteSamples(int[] indices, byte[] labels, AttackResult result) => Npz.Write(
        ("index", Vector(indices)), ("label", Vector(labels)), ("success", Vector(result.Success)),
        ("predicted", Vector(result.Predicted)), ("l2", Vector(result.L2)), ("linf", Vector(result.Linf)),
        ("queries", Vector(result.Queries)), ("gradients", Vector(result.Gradients)));

    /// <summary>The set that two files hold.</summary>
    /// <exception cref="InvalidDataException">They are not what <see cref="WriteImages"/> and <see cref="WriteSamples"/> wrote.</exception>
    public static AdversarialSet Read(AttackCrafted fact, byte[] images, byte[] samples)
    {
        var (ofImages, ofSamples) = (Npz.Read(images, fact.Adversarial.Path), Npz.Read(samples, fact.Samples.Path));
        var success = ofSamples.Values<bool>("success", fact.Samples);
        return new AdversarialSet(
            fact.Outcome,
            ofImages.Values<float>("adversarial", fact.Adversarial),
            ofImages.Values<byte>("label", fact.Adversarial),
            ofImages.Values<int>("index", fact.Adversarial),
            Successful(ofSamples.Values<double>("l2", fact.Samples)),
            Successful(ofSamples.Values<double>("linf", fact.Samples)),
            [.. ofSamples.Values<int>("index", fact.Samples).Where((_, sample) => !success[sample])]);

        double[] Successful(double[] values) => [.. values.Where((_, sample) => success[sample])];
    }
}
