namespace AdvFit.Learning.Kernels;

/// <summary>Softmax over the classes of each lane.</summary>
/// <param name="logits">[classes][lanes].</param>
/// <param name="probabilities">[classes][lanes]; may be the logits' own room.</param>
/// <param name="shiftedSums">
/// [2][lanes]: the largest logit, and the sum of e^(logit - largest); the cross-entropy of class y is
/// log(sum) + largest - logit[y].
/// </param>
internal readonly unsafe struct Softmax(float* logits, int classes, float* probabilities, float* shiftedSums) : IVectorized
{
    public void Run<TOps, TVector>()
        where TOps : struct, ILaneOperations<TVector>
        where TVector : struct
    {
        for (var lane = 0; lane < Tile.Lanes; lane += TOps.Width)
        {
            var largest = TOps.Load(logits + lane);
            for (var k = 1; k < classes; k++)
            {
                largest = TOps.Max(TOps.Load(logits + k * Tile.Lanes + lane), largest);
            }

            TOps.Store(largest, shiftedSums + lane);
            var sum = TOps.Broadcast(0);
            for (var k = 0; k < classes; k++)
            {
                var at = k * Tile.Lanes + lane;
                var exponential = ElementaryFunctions<TOps, TVector>.Exp(TOps.Subtract(TOps.Load(logits + at), largest));
                TOps.Store(exponential, probabilities + at);
                sum = TOps.Add(sum, exponential);
            }

            TOps.Store(sum, shiftedSums + Tile.Lanes + lane);
            for (var k = 0; k < classes; k++)
            {
                var at = k * Tile.Lanes + lane;
                TOps.Store(TOps.Divide(TOps.Load(probabilities + at), sum), probabilities + at);
            }
        }
    }
}
