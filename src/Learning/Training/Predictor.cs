using AdvFit.Learning.Kernels;
using AdvFit.Learning.Networks;

namespace AdvFit.Learning.Training;

/// <summary>Predicts classes with a trained network, on one thread.</summary>
public sealed class Predictor(Network network)
{
    private readonly NetworkTile _tile = network.CreateTile();
    private readonly byte[] _labels = new byte[Tile.Lanes];

    /// <summary>Predicts every image.</summary>
    /// <param name="numbers">Numbers of the images.</param>
    /// <param name="predicted">Receives their predicted classes; may be empty if nobody wants them.</param>
    /// <returns>How many predictions are right.</returns>
    public int Predict(
        IImageSource images, ReadOnlySpan<int> numbers, Span<byte> predicted,
        CancellationToken cancellation = default)
    {
        var correct = 0;
        for (var start = 0; start < numbers.Length; start += Tile.Lanes)
        {
            cancellation.ThrowIfCancellationRequested();
            var part = numbers[start..Math.Min(start + Tile.Lanes, numbers.Length)];
            images.Fill(_tile, part, _labels);
            _tile.Forward();
            for (var lane = 0; lane < part.Length; lane++)
            {
                var prediction = _tile.Predicted(lane);
                correct += prediction == _labels[lane] ? 1 : 0;
                if (!predicted.IsEmpty)
                {
                    predicted[start + lane] = (byte)prediction;
                }
            }
        }

        return correct;
    }

    /// <summary>Computes the logits of every image.</summary>
    /// <param name="numbers">Numbers of the images.</param>
    /// <param name="logits">Receives them, [image][class].</param>
    public void Logits(
        IImageSource images, ReadOnlySpan<int> numbers, Span<float> logits, CancellationToken cancellation = default)
    {
        var classes = network.Classes;
        for (var start = 0; start < numbers.Length; start += Tile.Lanes)
        {
            cancellation.ThrowIfCancellationRequested();
            var part = numbers[start..Math.Min(start + Tile.Lanes, numbers.Length)];
            images.Fill(_tile, part, _labels);
            _tile.Forward();
            for (var lane = 0; lane < part.Length; lane++)
            {
                for (var k = 0; k < classes; k++)
                {
                    logits[(start + lane) * classes + k] = _tile.Logits[k * Tile.Lanes + lane];
                }
            }
        }
    }

    /// <summary>The class of the largest of one image's logits; the first one on a tie.</summary>
    public static int ClassOf(ReadOnlySpan<float> logits)
    {
        var best = 0;
        for (var k = 1; k < logits.Length; k++)
        {
            best = logits[k] > logits[best] ? k : best;
        }

        return best;
    }
}
