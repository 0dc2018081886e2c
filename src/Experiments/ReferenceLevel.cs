namespace AdvFit.Experiments;

/// <summary>The fit level at which the subsets are chosen.</summary>
public static class ReferenceLevel
{
    /// <summary>M: the epoch, from 1, of the highest test accuracy; the first one on a tie (paper, section 4.2).</summary>
    /// <param name="testCorrect">Correct test samples after each epoch; at least one epoch.</param>
    public static int Choose(ReadOnlySpan<int> testCorrect)
    {
        var best = 0;
        for (var epoch = 1; epoch < testCorrect.Length; epoch++)
        {
            best = testCorrect[epoch] > testCorrect[best] ? epoch : best;
        }

        return best + 1;
    }
}
