namespace AdvFit.Learning.Attacks;

/// <summary>The nearest adversarial pixels that each lane of an active set has seen.</summary>
internal sealed class BestPixels(ActiveSet set)
{
    private readonly float[] _pixels = new float[set.Originals.Length];
    private readonly double[] _distances = new double[set.Lanes];

    /// <summary>Starts a lane anew, with nothing seen.</summary>
    public void Forget(int lane) => _distances[lane] = double.PositiveInfinity;

    /// <summary>Keeps the current pixels of a lane if they are nearer than the best.</summary>
    public void Offer(int lane, double distance)
    {
        if (distance < _distances[lane])
        {
            _distances[lane] = distance;
            Copy(lane, set.Tile.Pixels, _pixels);
        }
    }

    /// <summary>Puts the best pixels back into the lane, or the original ones where none were adversarial.</summary>
    public void Recall(int lane) =>
        Copy(lane, double.IsFinite(_distances[lane]) ? _pixels : set.Originals, set.Tile.Pixels);

    private void Copy(int lane, ReadOnlySpan<float> from, Span<float> to)
    {
        for (var at = lane; at < from.Length; at += set.Lanes)
        {
            to[at] = from[at];
        }
    }
}
