using AdvFit.Learning.Attacks.Common;

namespace AdvFit.Learning.Attacks.DeepFool;

/// <summary>
/// DeepFool for the L2 norm, of Moosavi-Dezfooli et al. (2016), arXiv:1511.04599, algorithm 2: step to the nearest class
/// boundary of the linearised network, until the network itself is fooled. Every iterate is clipped to [0, 1]. The constants
/// that the libraries add to norms lest they divide by zero (1e-8 in Foolbox, 1e-7 in ART) are left out: a boundary without
/// a gradient is never the nearest.
/// </summary>
/// <remarks>
/// Costs a query of the original and of each iterate but the last possible one, and for each step one gradient per other
/// candidate. Without overshoot an iterate can land exactly on the boundary, where the step is zero: such an image is given
/// up at once, as a failure. So is one without a gradient, or with one that is not finite.
/// </remarks>
internal sealed class DeepFoolAttack : TileAttack
{
    // Pixels span [0, 1]: a step beyond this comes of a vanishing gradient, and sums of such steps could overflow.
    private const double LongestStep = 1e30;

    private readonly DeepFoolParameters _parameters;
    private readonly NearestBoundary _boundary;
    private readonly float[] _totals;
    private readonly float[] _scales;
    private readonly float[] _overshoots;
    private readonly int[] _moving;
    private readonly int[] _changed;
    private readonly int[] _steps;

    public DeepFoolAttack(ActiveSet set, DeepFoolParameters parameters)
        : base(set)
    {
        _parameters = parameters;
        _boundary = new NearestBoundary(set, parameters.Candidates);
        _totals = new float[parameters.OvershootEachStep ? set.Originals.Length : 0];
        (_scales, _overshoots) = (new float[set.Lanes], new float[set.Lanes]);
        _overshoots.AsSpan().Fill((float)(1 + parameters.Overshoot));
        (_moving, _changed, _steps) = (new int[set.Lanes], new int[set.Lanes], new int[set.Lanes]);
    }

    protected override void Enter(int lane)
    {
        _steps[lane] = 0;
        for (var at = lane; at < _totals.Length; at += Set.Lanes)
        {
            _totals[at] = 0;
        }
    }

    protected override bool Judge(int lane)
    {
        if (LaneLogits.IsFooled(Set.Tile, lane, Set.Label(lane)))
        {
            OvershootAtEnd(lane);
            return true;
        }

        if (_steps[lane] == 0)
        {
            _boundary.ChooseRivals(lane);
        }

        return false;
    }

    protected override void Advance()
    {
        _boundary.Find();
        for (var lane = 0; lane < Set.Lanes; lane++)
        {
            _moving[lane] = 0;
            if (Set.IsActive(lane))
            {
                ChooseStep(lane);
            }
        }

        Move();
        for (var lane = 0; lane < Set.Lanes; lane++)
        {
            if (Set.IsActive(lane))
            {
                EndStep(lane);
            }
        }
    }

    private void ChooseStep(int lane)
    {
        var length = _boundary.Distances[lane] + _parameters.StepMargin;
        var scale = length / _boundary.Norms[lane];
        if (length < LongestStep && scale < LongestStep)
        {
            _scales[lane] = (float)scale;
            _moving[lane] = -1;
        }
        else
        {
            OvershootAtEnd(lane);
            Set.Finish(lane);
        }
    }

    private void Move()
    {
        var pixels = Set.Tile.Pixels;
        if (_parameters.OvershootEachStep)
        {
            LaneMath.AddScaled(_moving, _scales, _boundary.Directions, _totals);
            LaneMath.StepInBox(_moving, Set.Originals, _overshoots, _totals, pixels, _changed);
        }
        else
        {
            LaneMath.StepInBox(_moving, pixels, _scales, _boundary.Directions, pixels, _changed);
        }
    }

    private void EndStep(int lane)
    {
        _steps[lane]++;
        // The same pixels have the same gradients: a step that changed nothing would be repeated for ever.
        var standsStill = _changed[lane] == 0 && !_parameters.OvershootEachStep;
        if (standsStill || _steps[lane] == _parameters.MaxIterations)
        {
            OvershootAtEnd(lane);
            Set.Finish(lane);
        }
        else
        {
            Set.MarkMoved(lane);
        }
    }

    private void OvershootAtEnd(int lane)
    {
        if (_parameters.OvershootEachStep || _parameters.Overshoot == 0)
        {
            return;
        }

        var pixels = Set.Tile.Pixels;
        for (var at = lane; at < pixels.Length; at += Set.Lanes)
        {
            var step = _overshoots[lane] * (pixels[at] - Set.Originals[at]);
            pixels[at] = Math.Clamp(Set.Originals[at] + step, 0, 1);
        }
    }
}
