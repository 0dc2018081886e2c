using System.Runtime.Intrinsics;

namespace AdvFit.Learning.Attacks;

/// <summary>
/// The Monte-Carlo estimate of the boundary's normal from decisions around a point: Chen et al. (2019), equation 16, with the
/// baseline. Queries are added in the order of their numbers, to the sum of their number modulo 4, so that the bits do not
/// depend on how many fit into a tile.
/// </summary>
internal sealed class DecisionSums(int pixels)
{
    private const int Sums = 4;

    private readonly float[] _signed = new float[Sums * pixels];
    private readonly float[] _plain = new float[Sums * pixels];
    private int _queries;
    private int _fooled;

    public void Clear()
    {
        _signed.AsSpan().Clear();
        _plain.AsSpan().Clear();
        (_queries, _fooled) = (0, 0);
    }

    /// <summary>Adds the first lanes of a tile.</summary>
    /// <param name="point">Where the perturbations start from, one per pixel.</param>
    /// <param name="perturbed">[pixels][lanes].</param>
    /// <param name="decisions">Of each lane: 1 if adversarial, -1 if not, 0 if it holds no query, which only the last may.</param>
    public void Add(ReadOnlySpan<float> point, ReadOnlySpan<float> perturbed, ReadOnlySpan<float> decisions)
    {
        if (decisions.Length % Sums == 0)
        {
            AddVectors(point, perturbed, decisions);
        }
        else
        {
            AddSlowly(point, perturbed, decisions);
        }

        foreach (var decision in decisions)
        {
            _queries += decision != 0 ? 1 : 0;
            _fooled += decision > 0 ? 1 : 0;
        }
    }

    /// <summary>Writes the estimated direction, of unit length, towards the adversarial side; zeros where it has none.</summary>
    public void Normal(Span<float> direction)
    {
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

    private void AddVectors(ReadOnlySpan<float> point, ReadOnlySpan<float> perturbed, ReadOnlySpan<float> decisions)
    {
        var lanes = decisions.Length;
        for (var pixel = 0; pixel < point.Length; pixel++)
        {
            var centre = Vector128.Create(point[pixel]);
            var row = perturbed.Slice(pixel * lanes, lanes);
            var signed = Vector128.Create(_signed.AsSpan(Sums * pixel));
            var plain = Vector128.Create(_plain.AsSpan(Sums * pixel));
            for (var lane = 0; lane < lanes; lane += Sums)
            {
                var decision = Vector128.Create(decisions[lane..]);
                var change = Vector128.Create(row[lane..]) - centre;
                signed += change * decision;
                plain += change * (decision * decision);
            }

            signed.CopyTo(_signed, Sums * pixel);
            plain.CopyTo(_plain, Sums * pixel);
        }
    }

    private void AddSlowly(ReadOnlySpan<float> point, ReadOnlySpan<float> perturbed, ReadOnlySpan<float> decisions)
    {
        var lanes = decisions.Length;
        for (var lane = 0; lane < lanes; lane++)
        {
            var sum = (_queries + lane) % Sums;
            for (var pixel = 0; pixel < point.Length; pixel++)
            {
                var change = perturbed[pixel * lanes + lane] - point[pixel];
                _signed[Sums * pixel + sum] += change * decisions[lane];
                _plain[Sums * pixel + sum] += change * (decisions[lane] * decisions[lane]);
            }
        }
    }
}
