using AdvFit.Learning.Attacks.Common;

namespace AdvFit.Learning.Attacks.Fgsm;

/// <summary>
/// Fast gradient sign method of Goodfellow et al. (2015), arXiv:1412.6572, section 4: x + epsilon sign(grad of the
/// cross-entropy), clipped to [0, 1]. The libraries' gradient vanishes where softmax rounds to one-hot; this one does not
/// (<see cref="CrossEntropyGradient"/>).
/// </summary>
/// <remarks>
/// Costs one query, one gradient and a query for each size tried; a size that ends the search either way is left to the
/// verification. An image without a gradient, or with one that is not finite, is a failure and stays as it was.
/// </remarks>
internal sealed class FgsmAttack(ActiveSet set, FgsmParameters parameters) : TileAttack(set)
{
    private readonly float[] _signs = new float[set.Originals.Length];
    private readonly float[] _epsilons = new float[set.Lanes];
    private readonly int[] _newcomers = new int[set.Lanes];
    private readonly int[] _moving = new int[set.Lanes];
    private readonly int[] _changed = new int[set.Lanes];
    private readonly double[] _squares = new double[set.Lanes];

    // The search of each lane: the size it goes up to, in how many steps, and which step was taken last.
    private readonly double[] _largest = new double[set.Lanes];
    private readonly int[] _steps = new int[set.Lanes];
    private readonly int[] _step = new int[set.Lanes];
    private readonly bool[] _refining = new bool[set.Lanes];

    protected override void Enter(int lane)
    {
        (_largest[lane], _steps[lane]) = (parameters.Epsilon, parameters.SearchSteps);
        (_step[lane], _refining[lane]) = (0, false);
        _newcomers[lane] = -1;
    }

    protected override bool Judge(int lane)
    {
        if (!LaneLogits.IsFooled(Set.Tile, lane, Set.Label(lane)))
        {
            return _step[lane] == _steps[lane];
        }

        if (_newcomers[lane] != 0 || !MayRefine(lane))
        {
            return true;
        }

        (_largest[lane], _steps[lane]) = (Size(lane), parameters.RefinementSteps);
        (_step[lane], _refining[lane]) = (0, true);
        return false;
    }

    protected override void Advance()
    {
        FollowGradientOfNewcomers();
        for (var lane = 0; lane < Set.Lanes; lane++)
        {
            _moving[lane] = Set.IsActive(lane) ? -1 : 0;
            if (Set.IsActive(lane))
            {
                _step[lane]++;
                _epsilons[lane] = (float)Size(lane);
            }
        }

        LaneMath.StepInBox(_moving, Set.Originals, _epsilons, _signs, Set.Tile.Pixels, _changed);
        for (var lane = 0; lane < Set.Lanes; lane++)
        {
            if (!Set.IsActive(lane))
            {
                continue;
            }

            var endsEitherWay = _step[lane] == _steps[lane] && !MayRefine(lane);
            if (endsEitherWay)
            {
                Set.Finish(lane);
            }
            else
            {
                Set.MarkMoved(lane);
            }
        }
    }

    private void FollowGradientOfNewcomers()
    {
        // Lanes that do not ask keep no stale seed either: a wild one could overflow for nothing.
        Set.Tile.LogitGradients.Clear();
        var any = false;
        for (var lane = 0; lane < Set.Lanes; lane++)
        {
            _newcomers[lane] = Set.IsActive(lane) ? _newcomers[lane] : 0;
            if (_newcomers[lane] != 0)
            {
                CrossEntropyGradient.Write(Set.Tile, lane, Set.Label(lane));
                any = true;
            }
        }

        if (!any)
        {
            return;
        }

        Set.Backward(_newcomers);
        LaneMath.SumOfSquares(Set.Tile.PixelGradients, _squares);
        LaneMath.Signs(_newcomers, Set.Tile.PixelGradients, _signs);
        for (var lane = 0; lane < Set.Lanes; lane++)
        {
            var hasGradient = double.IsFinite(_squares[lane]) && _squares[lane] > 0;
            if (_newcomers[lane] != 0 && !hasGradient)
            {
                Set.Finish(lane);
            }

            _newcomers[lane] = 0;
        }
    }

    private bool MayRefine(int lane) => !_refining[lane] && _step[lane] <= parameters.RefinementSteps;

    private double Size(int lane) => _largest[lane] * _step[lane] / _steps[lane];
}
