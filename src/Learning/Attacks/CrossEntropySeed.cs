namespace AdvFit.Learning.Attacks;

/// <summary>
/// The gradient of the cross-entropy by the logits, softmax - e_label, scaled to unit size.
/// </summary>
/// <remarks>
/// Only its direction counts where a sign follows. Scaled by the likeliest other class, it keeps that direction where
/// softmax - e_label itself rounds to zero, as it does in float32 once the network is sure.
/// </remarks>
internal static class CrossEntropySeed
{
    /// <summary>Writes the seed of one lane, a positive multiple of softmax - e_label; the logits must be finite.</summary>
    public static void Write(IClassifierTile tile, int lane, int label)
    {
        var logits = tile.Logits;
        var seed = tile.LogitGradients;
        var labelAt = label * tile.Lanes + lane;
        var largest = float.NegativeInfinity;
        for (var at = lane; at < logits.Length; at += tile.Lanes)
        {
            if (at != labelAt && logits[at] > largest)
            {
                largest = logits[at];
            }
        }

        var sum = 0.0;
        for (var at = lane; at < logits.Length; at += tile.Lanes)
        {
            if (at != labelAt)
            {
                var weight = Exponential((double)logits[at] - largest);
                seed[at] = (float)weight;
                sum += weight;
            }
        }

        seed[labelAt] = -(float)sum;
    }

    /// <summary>
    /// e^x for x up to 0, to about 1e-15 of itself, in basic operations only: the same bits on every machine, which the
    /// system's mathematics library does not promise. Below e^-700 it is 0.
    /// </summary>
    internal static double Exponential(double x)
    {
        const double log2OfE = 1.4426950408889634;
        const double ln2High = 0.693147180369123816490; // The upper bits: a small multiple of it is exact.
        const double ln2Low = 1.90821492927058770002e-10;
        const int terms = 14;
        if (x < -700)
        {
            return 0;
        }

        var power = Math.Round(x * log2OfE);
        var rest = x - power * ln2High - power * ln2Low;
        var series = 1.0;
        for (var term = terms; term > 0; term--)
        {
            series = 1 + series * rest / term;
        }

        return BitConverter.Int64BitsToDouble((1023L + (long)power) << 52) * series;
    }
}
