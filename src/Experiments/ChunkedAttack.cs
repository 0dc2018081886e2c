using AdvFit.Learning;
using AdvFit.Learning.Attacks;

namespace AdvFit.Experiments;

/// <summary>Brings the pixels of one image, [channel][row][column] in [0, 1], into a buffer. Thread-safe.</summary>
/// <param name="number">The image's number.</param>
/// <param name="pixels">Room for its pixels.</param>
public delegate void PixelSource(int number, Span<float> pixels);

/// <summary>An attack on any number of images, chunk by chunk, on several threads; a sample does not notice (design rule 2).</summary>
public static class ChunkedAttack
{
    /// <summary>Attacks the images and joins the results. They do not depend on the number of threads.</summary>
    /// <param name="attack">The attack.</param>
    /// <param name="victim">The classifier.</param>
    /// <param name="pixels">The images, by the numbers that the streams hold.</param>
    /// <param name="labels">True class of each image.</param>
    /// <param name="streams">Number of each image, which is also that of its random stream.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="progress">Called from any thread with the number of images done.</param>
    /// <param name="addCpuSeconds">Called with the processor seconds of threads other than the calling one.</param>
    /// <param name="cancellation">Ends the attack with nothing to show for it.</param>
    /// <exception cref="ArgumentException">As for <see cref="IAttack.Craft"/>.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was requested.</exception>
    public static AttackResult Craft(
        IAttack attack, IDifferentiableClassifier victim, PixelSource pixels, byte[] labels, SampleStreams streams,
        int threads, Action<int> progress, Action<double>? addCpuSeconds = null, CancellationToken cancellation = default)
    {
        var (numbers, length) = (streams.Samples, victim.Shape.Length);
        var chunkLength = Chunks.LengthFor(numbers.Length, threads);
        var results = new AttackResult[(numbers.Length + chunkLength - 1) / chunkLength];
        var done = 0;
        Chunks.ForEach(results.Length, threads, addCpuSeconds, chunk =>
        {
            var start = chunk * chunkLength;
            var part = numbers.Slice(start, Math.Min(chunkLength, numbers.Length - start));
            var images = new float[part.Length * length];
            for (var i = 0; i < part.Length; i++)
            {
                pixels(part.Span[i], images.AsSpan(i * length, length));
            }

            results[chunk] = attack.Craft(
                victim, images, labels.AsSpan(start, part.Length), streams with { Samples = part }, cancellation);
            progress(Interlocked.Add(ref done, part.Length));
        }, cancellation);
        return new AttackResult(
            Join(result => result.Adversarial), Join(result => result.Success), Join(result => result.Predicted),
            Join(result => result.L2), Join(result => result.Linf), Join(result => result.Queries),
            Join(result => result.Gradients));

        T[] Join<T>(Func<AttackResult, T[]> array)
        {
            var parts = Array.ConvertAll(results, result => array(result));
            var joined = new T[parts.Sum(part => part.Length)];
            var at = 0;
            foreach (var part in parts)
            {
                part.CopyTo(joined, at);
                at += part.Length;
            }

            return joined;
        }
    }
}
