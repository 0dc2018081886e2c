namespace AdvFit.Learning.Attacks.Common;

/// <summary>The nearest adversarial example that each lane of an active set has found.</summary>
internal sealed class NearestAdversarial(ActiveSet set)
{
    private readonly float[] _pixels = new float[set.Originals.Length];
    private readonly double[] _distances = new double[set.Lanes];

    /// <summary>Starts a lane anew, with nothing found.</summary>
    public void Forget(int lane) => _distances[lane] = double.PositiveInfinity;

    /// <summary>Keeps the current pixels of a lane, which are adversarial, if they are the nearest so far.</summary>
    public void Offer(int lane, double distance)
    {
        if (distance < _distances[lane])
        {
            _distances[lane] = distance;
            LaneMath.Copy(lane, set.Lanes, set.Tile.Pixels, _pixels);
        }
    }

    /// <summary>Puts the nearest pixels back into the lane, or the original ones where nothing was found.</summary>
    public void Recall(int lane) =>
        LaneMath.Copy(
            lane, set.Lanes, double.IsFinite(_distances[lane]) ? _pixels : set.Originals, set.Tile.Pixels);
}
