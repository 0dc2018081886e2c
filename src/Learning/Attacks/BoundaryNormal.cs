using AdvFit.Learning.Kernels;
using AdvFit.Learning.Randomness;

namespace AdvFit.Learning.Attacks;

/// <summary>
/// Estimates the normal of the decision boundary near a point: the queries of one image fill whole tiles. Section III.B of
/// Chen et al. (2019).
/// </summary>
internal sealed class BoundaryNormal(ActiveSet set, SampleStreams streams)
{
    private readonly float[] _squares = new float[set.Lanes];
    private readonly float[] _scales = new float[set.Lanes];
    private readonly float[] _decisions = new float[set.Lanes];
    private readonly DecisionSums _sums = new(set.ImageLength);

    /// <summary>The point to estimate at, which the caller writes; in [0, 1].</summary>
    public float[] Point { get; } = new float[set.ImageLength];

    /// <summary>The direction estimated, of unit length or zero.</summary>
    public float[] Direction { get; } = new float[set.ImageLength];

    /// <summary>Asks the classifier about so many random neighbours, for the image in a lane. Overwrites the tile.</summary>
    /// <param name="delta">L2 distance of the neighbours from the point, before they are clipped to [0, 1].</param>
    /// <returns>Whether all logits were finite; otherwise there is no direction.</returns>
    public bool Estimate(int lane, int queries, double delta)
    {
        _sums.Clear();
        var (seed, sample) = (streams.Seed, (uint)streams.Samples.Span[set.Image(lane)]);
        ref var used = ref set.QueriesOf(lane);
        for (var first = 0; first < queries; first += set.Lanes)
        {
            var count = Math.Min(set.Lanes, queries - first);
            var purpose = RandomStream.PurposeWord(Purpose.HopSkipJumpDirection, used);
            UniformNoise.Fill(
                seed, (sample, (uint)streams.Shuffle, purpose), set.ImageLength, set.Tile.Pixels, _squares);
            for (var query = 0; query < set.Lanes; query++)
            {
                _scales[query] = query < count ? (float)(delta / Math.Sqrt(_squares[query])) : 0;
            }

            LaneMath.AroundPoint(Point, _scales, set.Tile.Pixels);
            set.Tile.Forward();
            used += count;
            for (var query = 0; query < set.Lanes; query++)
            {
                if (query < count && !LaneLogits.AreFinite(set.Tile, query))
                {
                    return false;
                }

                _decisions[query] = query >= count ? 0
                    : LaneLogits.IsFooled(set.Tile, query, set.Label(lane)) ? 1 : -1;
            }

            _sums.Add(Point, set.Tile.Pixels, _decisions);
        }

        _sums.Normal(Direction);
        return true;
    }
}
