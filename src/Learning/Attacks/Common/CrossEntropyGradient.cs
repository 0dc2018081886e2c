using AdvFit.Learning.Kernels;

namespace AdvFit.Learning.Attacks.Common;

/// <summary>
/// The gradient of the cross-entropy by the logits, softmax - e_label, scaled to unit size.
/// </summary>
/// <remarks>
/// Only its direction counts where a sign follows. Scaled by the likeliest other class, it keeps that direction where
/// softmax - e_label itself rounds to zero, as it does in float32 once the network is sure.
/// </remarks>
internal static class CrossEntropyGradient
{
    /// <summary>
    /// Writes a positive multiple of softmax - e_label as the logit gradients of one lane; the logits must be finite.
    /// </summary>
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
                var weight = PortableMath.Exponential((double)logits[at] - largest);
                seed[at] = (float)weight;
                sum += weight;
            }
        }

        seed[labelAt] = -(float)sum;
    }
}
