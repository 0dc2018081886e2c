using System.Runtime.Intrinsics;

namespace AdvFit.Learning.Attacks.HopSkipJump;

/// <summary>
/// The Monte-Carlo estimate of the boundary's normal from decisions around a point: Chen et al. (2019), equation 16, with the
/// baseline. Queries are added in blocks of 32, in the order of their numbers and each block in the same order, so that the
/// bits depend neither on how many fit into a tile nor on the width of the processor's vectors.
/// </summary>
/// <param name="point">Where the perturbations start from, one number per pixel; the caller may write to it between estimates.</param>
internal sealed class MonteCarloEstimate(float[] point)
{
    private const int Block = 32;
    private const int Sums = 4;

    private readonly float[] _signed = new float[Sums * point.Length];
    private readonly float[] _plain = new float[Sums * point.Length];

    /// <summary>Queries of tiles with another number of lanes, until there are enough for a block; [pixels][32].</summary>
    private readonly float[] _pending = new float[Block * point.Length];
    private readonly float[] _pendingDecisions = new float[Block];
    private int _queries;
    private int _fooled;

    public void Clear()
    {
        _signed.AsSpan().Clear();
        _plain.AsSpan().Clear();
        _pendingDecisions.AsSpan().Clear();
        (_queries, _fooled) = (0, 0);
    }

    /// <summary>Adds the queries of a tile.</summary>
    /// <param name="perturbed">[pixels][lanes].</param>
    /// <param name="decisions">
    /// Of each lane: 1 if adversarial, -1 if not, 0 if it holds the point instead of a query, which only the last tile may.
    /// </param>
    public void Add(ReadOnlySpan<float> perturbed, ReadOnlySpan<float> decisions)
    {
        if (decisions.Length == Block)
        {
            AddBlock(perturbed, decisions);
        }

        for (var lane = 0; lane < decisions.Length && decisions[lane] != 0; lane++)
        {
            if (decisions.Length != Block)
            {
                Keep(perturbed[lane..], decisions.Length, decisions[lane]);
            }

            _queries++;
            _fooled += decisions[lane] > 0 ? 1 : 0;
        }
    }

    /// <summary>Writes the estimated direction, of unit length, towards the adversarial side; zeros where it has none.</summary>
    public void Normal(Span<float> direction)
    {
        AddPending();
        var mean = (2.0 * _fooled - _queries) / _queries;
        var baseline = _fooled == 0 || _fooled == _queries ? 0 : mean;
        var squares = 0.0;
        for (var pixel = 0; pixel < direction.Length; pixel++)
        {
            var value = Sum(_signed, pixel) - baseline * Sum(_plain, pixel);
            direction[pixel] = (float)value;
            squares += value * value;
        }

        var scale = squares > 0 ? 1 / Math.Sqrt(squares) : 0;
        for (var pixel = 0; pixel < direction.Length; pixel++)
        {
            direction[pixel] = (float)(direction[pixel] * scale);
        }
    }

    private static double Sum(float[] sums, int pixel)
    {
        var at = Sums * pixel;
        return (double)sums[at] + sums[at + 1] + sums[at + 2] + sums[at + 3];
    }

    private void Keep(ReadOnlySpan<float> perturbed, int lanes, float decision)
    {
        var place = _queries % Block;
        for (var pixel = 0; pixel < point.Length; pixel++)
        {
            _pending[pixel * Block + place] = perturbed[pixel * lanes];
        }

        _pendingDecisions[place] = decision;
        if (place == Block - 1)
        {
            AddPending();
        }
    }

    private void AddPending()
    {
        if (_pendingDecisions[0] == 0)
        {
            return;
        }

        for (var place = 0; place < Block; place++)
        {
            for (var pixel = 0; _pendingDecisions[place] == 0 && pixel < point.Length; pixel++)
            {
                _pending[pixel * Block + place] = point[pixel];
            }
        }

        AddBlock(_pending, _pendingDecisions);
        _pendingDecisions.AsSpan().Clear();
    }

    /// <summary>Folds each row in halves until as many numbers are left as there are sums.</summary>
    private void AddBlock(ReadOnlySpan<float> perturbed, ReadOnlySpan<float> decisions)
    {
        var (d0, d1) = (Vector256.Create(decisions), Vector256.Create(decisions[8..]));
        var (d2, d3) = (Vector256.Create(decisions[16..]), Vector256.Create(decisions[24..]));
        for (var pixel = 0; pixel < point.Length; pixel++)
        {
            var centre = Vector256.Create(point[pixel]);
            var row = perturbed.Slice(pixel * Block, Block);
            var (c0, c1) = (Vector256.Create(row) - centre, Vector256.Create(row[8..]) - centre);
            var (c2, c3) = (Vector256.Create(row[16..]) - centre, Vector256.Create(row[24..]) - centre);
            Add(_plain, pixel, c0 + c2 + (c1 + c3));
            Add(_signed, pixel, c0 * d0 + c2 * d2 + (c1 * d1 + c3 * d3));
        }
    }

    private static void Add(float[] sums, int pixel, Vector256<float> eight) =>
        (Vector128.Create(sums, Sums * pixel) + (eight.GetLower() + eight.GetUpper())).CopyTo(sums, Sums * pixel);
}
