namespace AdvFit.Learning.Attacks.Common;

/// <summary>What the logits of one lane of a tile say.</summary>
internal static class LaneLogits
{
    /// <summary>Whether every logit is a finite number.</summary>
    public static bool AreFinite(IClassifierTile tile, int lane)
    {
        var logits = tile.Logits;
        for (var at = lane; at < logits.Length; at += tile.Lanes)
        {
            if (!float.IsFinite(logits[at]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The class of the largest logit, the first on a tie.</summary>
    public static int Prediction(IClassifierTile tile, int lane)
    {
        var logits = tile.Logits;
        var best = lane;
        for (var at = lane + tile.Lanes; at < logits.Length; at += tile.Lanes)
        {
            if (logits[at] > logits[best])
            {
                best = at;
            }
        }

        return best / tile.Lanes;
    }

    /// <summary>Whether another class than the label is predicted.</summary>
    public static bool IsFooled(IClassifierTile tile, int lane, int label) => Prediction(tile, lane) != label;
}
