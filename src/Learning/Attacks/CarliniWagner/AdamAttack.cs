using AdvFit.Learning.Attacks.Common;

namespace AdvFit.Learning.Attacks.CarliniWagner;

/// <summary>
/// The L2 attack of Carlini and Wagner (2017), arXiv:1608.04644, sections V and VI.A, untargeted: minimise
/// |x' - x|^2 + c max(0, Z_label - max Z_other + kappa) over x' = (tanh w + 1) / 2 with Adam, for the smallest c that finds an
/// adversarial example; the nearest one over all iterates is the result.
/// </summary>
/// <remarks>
/// Each image has its own c, its own Adam and its own early abort; the libraries abort on the loss of the whole batch. Costs
/// a query of the original and of each iterate, and a gradient of each iterate that is not adversarial by kappa: where the
/// classifier's part of the loss is 0, so is its gradient. An image for which nothing is found, or whose gradient or logits
/// stop being finite before, is a failure and stays as it was.
/// </remarks>
internal sealed class AdamAttack : TileAttack
{
    private const int ChecksOfProgress = 10;
    private const double LeastProgress = 0.9999;

    private readonly CarliniWagnerParameters _parameters;
    private readonly int _checkEvery;
    private readonly TanhSpaceAdam _space;
    private readonly ConstantSearch _constants;
    private readonly bool[] _entering;
    private readonly bool[] _restarting;
    private readonly bool[] _found;
    private readonly int[] _iteration;
    private readonly int[] _rival;
    private readonly double[] _best;
    private readonly double[] _lossAtCheck;
    private readonly double[] _rates;
    private readonly int[] _moving;
    private readonly int[] _asking;
    private readonly int[] _improved;

    public AdamAttack(ActiveSet set, CarliniWagnerParameters parameters)
        : base(set)
    {
        _parameters = parameters;
        _checkEvery = (parameters.MaxIterations + ChecksOfProgress - 1) / ChecksOfProgress;
        _space = new TanhSpaceAdam(set);
        _constants = new ConstantSearch(set.Lanes, parameters.InitialConstant, parameters.BinarySearchSteps);
        (_entering, _restarting, _found) = (new bool[set.Lanes], new bool[set.Lanes], new bool[set.Lanes]);
        (_iteration, _rival) = (new int[set.Lanes], new int[set.Lanes]);
        (_best, _lossAtCheck, _rates) = (new double[set.Lanes], new double[set.Lanes], new double[set.Lanes]);
        (_moving, _asking, _improved) = (new int[set.Lanes], new int[set.Lanes], new int[set.Lanes]);
    }

    protected override void Enter(int lane)
    {
        _entering[lane] = true;
        _best[lane] = double.PositiveInfinity;
        (_improved[lane], _asking[lane]) = (0, 0);
    }

    protected override bool Judge(int lane)
    {
        if (_entering[lane])
        {
            if (LaneLogits.IsFooled(Set.Tile, lane, Set.Label(lane)))
            {
                return true;
            }

            _entering[lane] = false;
            _restarting[lane] = true;
            _space.Enter(lane);
            _constants.Start(lane);
            return false;
        }

        var margin = LogitMargin.Of(Set, lane, _parameters.Confidence);
        var distance = (double)_space.Distances[lane];
        var succeeds = LaneLogits.IsFooled(Set.Tile, lane, Set.Label(lane)) && margin.Excess <= 0;
        _found[lane] |= succeeds;
        _rival[lane] = margin.Rival;
        _asking[lane] = margin.Excess > 0 ? -1 : 0;
        if (succeeds && distance < _best[lane])
        {
            _best[lane] = distance;
            _improved[lane] = -1;
        }

        if (!IsLastIteration(lane, distance + _constants.Constant(lane) * margin.Loss))
        {
            return false;
        }

        KeepIfImproved(lane);
        if (_constants.Next(lane, _found[lane]))
        {
            _restarting[lane] = true;
            return false;
        }

        Leave(lane);
        return true;
    }

    protected override void Abandon(int lane)
    {
        if (!_entering[lane])
        {
            Leave(lane);
        }
    }

    protected override void Advance()
    {
        SeedAndBackward();
        for (var lane = 0; lane < Set.Lanes; lane++)
        {
            var steps = Set.IsActive(lane) && !_restarting[lane];
            _moving[lane] = steps ? -1 : 0;
            _rates[lane] = steps ? _parameters.LearningRate : 0;
        }

        _space.Step(_moving, _asking, _improved, _rates);
        _improved.AsSpan().Clear();
        for (var lane = 0; lane < Set.Lanes; lane++)
        {
            if (Set.IsActive(lane))
            {
                EndStep(lane);
            }
        }
    }

    /// <summary>Whether the constant has had its iterations, or the loss no longer falls.</summary>
    private bool IsLastIteration(int lane, double loss)
    {
        if (_iteration[lane] == _parameters.MaxIterations - 1)
        {
            return true;
        }

        if (!_parameters.AbortEarly || _iteration[lane] % _checkEvery != 0)
        {
            return false;
        }

        var stagnates = loss > LeastProgress * _lossAtCheck[lane];
        _lossAtCheck[lane] = loss;
        return stagnates;
    }

    private void SeedAndBackward()
    {
        var seed = Set.Tile.LogitGradients;
        seed.Clear();
        var any = false;
        for (var lane = 0; lane < Set.Lanes; lane++)
        {
            _asking[lane] = Set.IsActive(lane) && !_restarting[lane] ? _asking[lane] : 0;
            if (_asking[lane] != 0)
            {
                var constant = (float)_constants.Constant(lane);
                seed[Set.Label(lane) * Set.Lanes + lane] = constant;
                seed[_rival[lane] * Set.Lanes + lane] = -constant;
                any = true;
            }
        }

        if (any)
        {
            Set.Backward(_asking);
        }
    }

    private void EndStep(int lane)
    {
        if (_restarting[lane])
        {
            _space.Restart(lane);
            (_restarting[lane], _found[lane], _iteration[lane]) = (false, false, 0);
            _lossAtCheck[lane] = double.PositiveInfinity;
            Set.MarkMoved(lane);
        }
        else if (float.IsNaN(_space.Distances[lane]))
        {
            Leave(lane);
            Set.Finish(lane);
        }
        else
        {
            // From the start, a step that changes no pixel is repeated for ever: this constant is done with.
            var standsStill = _iteration[lane] == 0 && _space.Distances[lane] == 0;
            _iteration[lane] = standsStill ? _parameters.MaxIterations - 1 : _iteration[lane] + 1;
            Set.MarkMoved(lane);
        }
    }

    private void KeepIfImproved(int lane)
    {
        if (_improved[lane] != 0)
        {
            _space.Keep(lane);
            _improved[lane] = 0;
        }
    }

    /// <summary>Puts the best pixels into the lane, or the original ones where none was found.</summary>
    private void Leave(int lane)
    {
        if (double.IsFinite(_best[lane]))
        {
            KeepIfImproved(lane);
            _space.Recall(lane);
        }
        else
        {
            LaneMath.Copy(lane, Set.Lanes, Set.Originals, Set.Tile.Pixels);
        }
    }
}
