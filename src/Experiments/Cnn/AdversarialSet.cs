using AdvFit.Learning.Attacks;
using AdvFit.Learning.Formats;
using AdvFit.Messages;

namespace AdvFit.Experiments.Cnn;

/// <summary>The adversarial examples that one attack made on one shuffle, ready to be evaluated.</summary>
/// <param name="Outcome">Counts and norms.</param>
/// <param name="Pixels">The successful ones, [image][channel][row][column], in [0, 1].</param>
/// <param name="Labels">Their true classes.</param>
internal sealed record AdversarialSet(AttackOutcome Outcome, float[] Pixels, byte[] Labels)
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

    /// <exception cref="InvalidDataException">The file is not one that <see cref="WriteImages"/> wrote.</exception>
    public static AdversarialSet ReadImages(byte[] file, string name, AttackOutcome outcome)
    {
        var arrays = Npz.Read(file, name);
        return arrays.GetValueOrDefault("adversarial") is NpyArray<float> pixels
            && arrays.GetValueOrDefault("label") is NpyArray<byte> labels
            ? new AdversarialSet(outcome, pixels.Values, labels.Values)
            : throw new InvalidDataException($"{name} has no arrays 'adversarial' (float32) and 'label' (uint8).");
    }

    private static NpyArray<T> Vector<T>(T[] values)
        where T : unmanaged => new([values.Length], values);
}
