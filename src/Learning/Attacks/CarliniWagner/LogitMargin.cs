using AdvFit.Learning.Attacks.Common;

namespace AdvFit.Learning.Attacks.CarliniWagner;

/// <summary>The classifier's part of Carlini and Wagner's loss in one lane: f_6 of section V.A, untargeted.</summary>
/// <param name="Excess">The label's logit plus the confidence, minus the largest other logit.</param>
/// <param name="Rival">Whose the largest other logit is; the first on a tie.</param>
internal readonly record struct LogitMargin(double Excess, int Rival)
{
    /// <summary>max(0, excess).</summary>
    public double Loss => Math.Max(0, Excess);

    /// <summary>Reads it off the logits of the last forward pass.</summary>
    public static LogitMargin Of(ActiveSet set, int lane, double confidence)
    {
        var logits = set.Tile.Logits;
        var label = set.Label(lane);
        var rival = label == 0 ? 1 : 0;
        for (var k = rival + 1; k < set.Classes; k++)
        {
            if (k != label && logits[k * set.Lanes + lane] > logits[rival * set.Lanes + lane])
            {
                rival = k;
            }
        }

        return new(
            (double)logits[label * set.Lanes + lane] - logits[rival * set.Lanes + lane] + confidence, rival);
    }
}
