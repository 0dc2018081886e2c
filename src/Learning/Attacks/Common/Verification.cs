namespace AdvFit.Learning.Attacks.Common;

/// <summary>
/// Design rule 3: what an attack achieved is what a fresh forward pass of the stored pixels says, never what the attack
/// believes.
/// </summary>
internal static class Verification
{
    /// <summary>Predicts the stored pixels afresh and measures how far they are from the originals.</summary>
    /// <param name="tile">A tile of the victim; overwritten.</param>
    /// <param name="originals">Pixels before, [image][pixel].</param>
    /// <param name="adversarial">Pixels after, [image][pixel]; become part of the result.</param>
    /// <param name="labels">True class of each image.</param>
    /// <param name="queries">Forward passes that each image used.</param>
    /// <param name="gradients">Backward passes that each image used.</param>
    /// <exception cref="InvalidOperationException">The attack left a pixel outside [0, 1].</exception>
    public static AttackResult Verify(
        IClassifierTile tile, ReadOnlySpan<float> originals, float[] adversarial, ReadOnlySpan<byte> labels,
        int[] queries, int[] gradients)
    {
        var result = new AttackResult(
            adversarial, new bool[labels.Length], new byte[labels.Length], new double[labels.Length],
            new double[labels.Length], queries, gradients);
        if (labels.Length == 0)
        {
            return result;
        }

        var length = adversarial.Length / labels.Length;
        for (var image = 0; image < labels.Length; image++)
        {
            (result.L2[image], result.Linf[image]) = Distances(
                originals.Slice(image * length, length), adversarial.AsSpan(image * length, length), image);
        }

        for (var first = 0; first < labels.Length; first += tile.Lanes)
        {
            var count = Math.Min(tile.Lanes, labels.Length - first);
            Load(tile, adversarial.AsSpan(first * length, count * length), length);
            tile.Forward();
            for (var lane = 0; lane < count; lane++)
            {
                var image = first + lane;
                result.Predicted[image] = (byte)LaneLogits.Prediction(tile, lane);
                result.Success[image] =
                    LaneLogits.AreFinite(tile, lane) && LaneLogits.IsFooled(tile, lane, labels[image]);
            }
        }

        return result;
    }

    private static void Load(IClassifierTile tile, ReadOnlySpan<float> images, int length)
    {
        var pixels = tile.Pixels;
        pixels.Clear();
        for (var lane = 0; lane < images.Length / length; lane++)
        {
            for (var i = 0; i < length; i++)
            {
                pixels[i * tile.Lanes + lane] = images[lane * length + i];
            }
        }
    }

    private static (double L2, double Linf) Distances(
        ReadOnlySpan<float> original, ReadOnlySpan<float> adversarial, int image)
    {
        var (squares, largest) = (0.0, 0.0);
        for (var i = 0; i < original.Length; i++)
        {
            if (!(adversarial[i] >= 0 && adversarial[i] <= 1))
            {
                throw new InvalidOperationException(
                    $"The attack left pixel {i} of image {image} at {adversarial[i]}, outside [0, 1].");
            }

            var difference = (double)adversarial[i] - original[i];
            squares += difference * difference;
            largest = Math.Max(largest, Math.Abs(difference));
        }

        return (Math.Sqrt(squares), largest);
    }
}
