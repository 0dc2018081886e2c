using AdvFit.Learning.Attacks.Common;

namespace AdvFit.Learning.Tests.Extending;

/// <summary>
/// Fast gradient method for L2 of Miyato, Dai and Goodfellow (2017), arXiv:1605.07725, equation 5: x + epsilon g / |g| for the
/// gradient g of the cross-entropy, clipped to [0, 1].
/// </summary>
/// <remarks>
/// Costs one query and one gradient. An image without a gradient, or with one that is not finite, is a failure and stays as
/// it was.
/// </remarks>
internal sealed class FgmL2Attack(ActiveSet set, FgmL2Parameters parameters) : TileAttack(set)
{
    private const double LongestScale = 1e30;

    private readonly double[] _squares = new double[set.Lanes];
    private readonly float[] _scales = new float[set.Lanes];
    private readonly int[] _moving = new int[set.Lanes];
    private readonly int[] _changed = new int[set.Lanes];

    protected override void Enter(int lane)
    {
    }

    protected override bool Judge(int lane) => LaneLogits.IsFooled(Set.Tile, lane, Set.Label(lane));

    protected override void Advance()
    {
        Set.Tile.LogitGradients.Clear();
        for (var lane = 0; lane < Set.Lanes; lane++)
        {
            _moving[lane] = Set.IsActive(lane) ? -1 : 0;
            if (Set.IsActive(lane))
            {
                CrossEntropyGradient.Write(Set.Tile, lane, Set.Label(lane));
            }
        }

        Set.Backward(_moving);
        LaneMath.SumOfSquares(Set.Tile.PixelGradients, _squares);
        for (var lane = 0; lane < Set.Lanes; lane++)
        {
            var scale = parameters.Epsilon / Math.Sqrt(_squares[lane]);
            _moving[lane] = double.IsFinite(_squares[lane]) && scale < LongestScale ? _moving[lane] : 0;
            _scales[lane] = (float)scale;
        }

        LaneMath.StepInBox(_moving, Set.Originals, _scales, Set.Tile.PixelGradients, Set.Tile.Pixels, _changed);
        for (var lane = 0; lane < Set.Lanes; lane++)
        {
            if (Set.IsActive(lane))
            {
                Set.Finish(lane);
            }
        }
    }
}
