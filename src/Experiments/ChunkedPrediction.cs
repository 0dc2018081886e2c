using AdvFit.Learning.Networks;
using AdvFit.Learning.Training;

namespace AdvFit.Experiments;

/// <summary>Predictions of any number of images, chunk by chunk, on several threads.</summary>
public static class ChunkedPrediction
{
    /// <summary>The logits of images 0 to count - 1, [image][class]. They do not depend on the number of threads.</summary>
    /// <exception cref="OperationCanceledException">Cancellation was requested.</exception>
    public static float[] Logits(
        Network network, IImageSource images, int count, int threads, CancellationToken cancellation = default)
    {
        var logits = new float[count * network.Classes];
        var chunkLength = Chunks.LengthFor(count, threads);
        Chunks.ForEach((count + chunkLength - 1) / chunkLength, threads, null, chunk =>
        {
            var start = chunk * chunkLength;
            int[] numbers = [.. Enumerable.Range(start, Math.Min(chunkLength, count - start))];
            new Predictor(network).Logits(
                images, numbers, logits.AsSpan(start * network.Classes, numbers.Length * network.Classes), cancellation);
        }, cancellation);
        return logits;
    }
}
