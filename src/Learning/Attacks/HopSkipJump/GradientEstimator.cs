using AdvFit.Learning.Attacks.Common;
using AdvFit.Learning.Randomness;

namespace AdvFit.Learning.Attacks.HopSkipJump;

/// <summary>
/// Estimates the normal of the decision boundary near a point: the queries of one image fill whole tiles. Section III.B of
/// Chen et al. (2019).
/// </summary>
internal sealed class GradientEstimator
{
    /// <summary>Directions to neighbours; the sample is the image's pooled index, the part the number of the query.</summary>
    internal static readonly Purpose Directions = new(7);

    private readonly ActiveSet _set;
    private readonly SampleStreams _streams;
    private readonly float[] _squares;
    private readonly float[] _scales;
    private readonly float[] _decisions;
    private readonly MonteCarloEstimate _sums;

    public GradientEstimator(ActiveSet set, SampleStreams streams)
    {
        (_set, _streams) = (set, streams);
        (_squares, _scales, _decisions) = (new float[set.Lanes], new float[set.Lanes], new float[set.Lanes]);
        (Point, Direction) = (new float[set.ImageLength], new float[set.ImageLength]);
        _sums = new MonteCarloEstimate(Point);
    }

    /// <summary>The point to estimate at, which the caller writes; in [0, 1].</summary>
    public float[] Point { get; }

    /// <summary>The direction estimated, of unit length or zero.</summary>
    public float[] Direction { get; }

    /// <summary>Asks the classifier about so many random neighbours, for the image in a lane. Overwrites the tile.</summary>
    /// <param name="delta">L2 distance of the neighbours from the point, before they are clipped to [0, 1].</param>
    /// <returns>Whether all logits were finite; otherwise there is no direction.</returns>
    public bool Estimate(int lane, int queries, double delta)
    {
        _sums.Clear();
        var (seed, sample) = (_streams.Seed, (uint)_streams.Samples.Span[_set.Image(lane)]);
        ref var used = ref _set.QueriesOf(lane);
        for (var first = 0; first < queries; first += _set.Lanes)
        {
            var count = Math.Min(_set.Lanes, queries - first);
            var purpose = RandomStream.PurposeWord(Directions, used);
            RandomDirections.Fill(
                seed, (sample, (uint)_streams.Shuffle, purpose), _set.ImageLength, _set.Tile.Pixels, _squares);
            for (var query = 0; query < _set.Lanes; query++)
            {
                _scales[query] = query < count ? (float)(delta / Math.Sqrt(_squares[query])) : 0;
            }

            LaneMath.AroundPoint(Point, _scales, _set.Tile.Pixels);
            _set.Tile.Forward();
            used += count;
            for (var query = 0; query < _set.Lanes; query++)
            {
                if (query < count && !LaneLogits.AreFinite(_set.Tile, query))
                {
                    return false;
                }

                _decisions[query] = query >= count ? 0
                    : LaneLogits.IsFooled(_set.Tile, query, _set.Label(lane)) ? 1 : -1;
            }

            _sums.Add(_set.Tile.Pixels, _decisions);
        }

        _sums.Normal(Direction);
        return true;
    }
}
