using AdvFit.Learning.Attacks.Common;
using AdvFit.Learning.Kernels;
using AdvFit.Learning.Networks;
using AdvFit.Learning.Training;

namespace AdvFit.Learning.Attacks;

/// <summary>
/// Looks for what masks the gradients of a network, so that attacks that follow them fail without any robustness, as
/// AutoAttack does before it attacks (Croce and Hein 2020, "Reliable evaluation of adversarial robustness"; its checks.py).
/// On one thread.
/// </summary>
public sealed class GradientMaskingCheck(Network network)
{
    private readonly NetworkTile _tile = network.CreateTile();
    private readonly byte[] _labels = new byte[Tile.Lanes];
    private readonly double[] _squares = new double[Tile.Lanes];

    /// <summary>Counts the images with a logit that is not finite, and of the others those whose gradient vanishes.</summary>
    /// <param name="numbers">Numbers of the images.</param>
    /// <remarks>
    /// The gradient is that of the cross-entropy by the pixels, seeded as the attacks seed it: it vanishes only where the
    /// network passes nothing on, not where float32 rounds a sure prediction to 1.
    /// </remarks>
    public (int NonFiniteLogits, int ZeroGradients) Run(
        IImageSource images, ReadOnlySpan<int> numbers, CancellationToken cancellation = default)
    {
        var (nonFinite, zero) = (0, 0);
        for (var start = 0; start < numbers.Length; start += Tile.Lanes)
        {
            cancellation.ThrowIfCancellationRequested();
            var part = numbers[start..Math.Min(start + Tile.Lanes, numbers.Length)];
            images.Fill(_tile, part, _labels);
            _tile.Forward();
            _tile.LogitGradients.Clear();
            var finite = 0;
            for (var lane = 0; lane < part.Length; lane++)
            {
                if (LaneLogits.AreFinite(_tile, lane))
                {
                    CrossEntropyGradient.Write(_tile, lane, _labels[lane]);
                    finite++;
                }
            }

            _tile.Backward();
            LaneMath.SumOfSquares(_tile.PixelGradients, _squares);
            nonFinite += part.Length - finite;
            for (var lane = 0; lane < part.Length; lane++)
            {
                zero += _squares[lane] == 0 && LaneLogits.AreFinite(_tile, lane) ? 1 : 0;
            }
        }

        return (nonFinite, zero);
    }
}
