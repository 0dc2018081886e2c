using AdvFit.Learning.Attacks.Common;

namespace AdvFit.Learning.Attacks.CarliniWagner;

/// <summary>
/// The loss of Carlini and Wagner (2017), arXiv:1608.04644, minimised as ART does (1.20.1, attacks/evasion/carlini.py,
/// CarliniL2Method): no Adam, but steps along the gradient, as long as a search that halves or doubles their length says.
/// </summary>
/// <remarks>
/// ART follows each image on its own in this, and so its way is kept, even where it differs from what it describes: after a
/// length that did not help the loss to beat is that of the last trial, and the lower bound of c is the constant tried next,
/// not the one that failed. One thing is mended: the distance kept for the best pixels is theirs, not that of a trial. Costs
/// a query of the original, of each start, trial and step, and a gradient for each step. An image for which nothing is
/// found, or whose gradient or logits stop being finite before, is a failure and stays as it was.
/// </remarks>
internal sealed class LineSearchAttack : TileAttack
{
    /// <summary>Constants from here on are given up.</summary>
    private const double LargestConstant = 1e11;

    private readonly CarliniWagnerParameters _parameters;
    private readonly TanhSpaceDescent _space;
    private readonly NearestAdversarial _best;
    private readonly Search[] _searches;
    private readonly float[] _rates;
    private readonly int[] _asking;
    private readonly int[] _moving;
    private readonly int[] _settled;
    private readonly double[] _squares;

    public LineSearchAttack(ActiveSet set, CarliniWagnerParameters parameters)
        : base(set)
    {
        _parameters = parameters;
        _space = new TanhSpaceDescent(set);
        _best = new NearestAdversarial(set);
        _searches = new Search[set.Lanes];
        (_rates, _squares) = (new float[set.Lanes], new double[set.Lanes]);
        (_asking, _moving, _settled) = (new int[set.Lanes], new int[set.Lanes], new int[set.Lanes]);
    }

    /// <summary>What a lane does, and so what its pixels are.</summary>
    private enum Phase
    {
        /// <summary>The original, seen for the first time.</summary>
        Entered,

        /// <summary>The constant is done with: the lane goes back to the original.</summary>
        Restarting,

        /// <summary>The original, or the end of the last step.</summary>
        Settled,

        /// <summary>The end of a step that may be too long.</summary>
        Halving,

        /// <summary>The end of a step that may be too short.</summary>
        Doubling,
    }

    protected override void Enter(int lane)
    {
        _searches[lane] = new Search { Phase = Phase.Entered, Constant = _parameters.InitialConstant, Doubles = true };
        _best.Forget(lane);
    }

    protected override bool Judge(int lane)
    {
        ref var search = ref _searches[lane];
        var isFooled = LaneLogits.IsFooled(Set.Tile, lane, Set.Label(lane));
        if (search.Phase == Phase.Entered)
        {
            if (isFooled)
            {
                return true;
            }

            _space.Enter(lane);
            search.Phase = Phase.Restarting;
            return false;
        }

        var margin = LogitMargin.Of(Set, lane, _parameters.Confidence);
        var distance = search.IsAtStart ? 0 : (double)_space.Distances[lane];
        search.Loss = distance + search.Constant * margin.Loss;
        switch (search.Phase)
        {
            case Phase.Settled:
                search.Rival = margin.Rival;
                if (isFooled && margin.Excess <= 0)
                {
                    search.Found = true;
                    _best.Offer(lane, distance);
                }

                return NextIteration(lane);
            case Phase.Halving:
                TakeIfBetter(ref search);
                search.Rate /= 2;
                search.Halvings++;
                return ContinueHalving(lane);
            default:
                TakeIfBetter(ref search);
                return ContinueDoubling(lane);
        }
    }

    protected override void Abandon(int lane)
    {
        if (_searches[lane].Phase != Phase.Entered)
        {
            _best.Recall(lane);
        }
    }

    protected override void Advance()
    {
        Descend();
        for (var lane = 0; lane < Set.Lanes; lane++)
        {
            ref var search = ref _searches[lane];
            var moves = Set.IsActive(lane) && search.Phase != Phase.Restarting;
            _moving[lane] = moves ? -1 : 0;
            _settled[lane] = moves && search.Phase == Phase.Settled ? -1 : 0;
            _rates[lane] = moves ? (float)(search.Phase == Phase.Settled ? search.BestRate : search.Rate) : 0;
        }

        _space.Move(_rates, _moving, _settled);
        for (var lane = 0; lane < Set.Lanes; lane++)
        {
            if (!Set.IsActive(lane))
            {
                continue;
            }

            ref var search = ref _searches[lane];
            search.IsAtStart = search.Phase == Phase.Restarting;
            if (search.IsAtStart)
            {
                search.Restart(_parameters.LearningRate);
                _space.Restart(lane);
                Set.MarkMoved(lane);
            }
            else if (float.IsNaN(_space.Distances[lane]))
            {
                Leave(lane);
            }
            else
            {
                Set.MarkMoved(lane);
            }
        }
    }

    private void Leave(int lane)
    {
        _best.Recall(lane);
        Set.Finish(lane);
    }

    /// <summary>Takes the gradient where the pixels have settled at a new place.</summary>
    private void Descend()
    {
        var seed = Set.Tile.LogitGradients;
        seed.Clear();
        var any = false;
        for (var lane = 0; lane < Set.Lanes; lane++)
        {
            ref var search = ref _searches[lane];
            var asks = Set.IsActive(lane) && search.NeedsDirection;
            _asking[lane] = asks ? -1 : 0;
            if (asks)
            {
                var constant = (float)search.Constant;
                seed[Set.Label(lane) * Set.Lanes + lane] = constant;
                seed[search.Rival * Set.Lanes + lane] = -constant;
                search.NeedsDirection = false;
                any = true;
            }
        }

        if (!any)
        {
            return;
        }

        Set.Backward(_asking);
        _space.Descend(_asking);
        LaneMath.SumOfSquares(Set.Tile.PixelGradients, _squares);
        for (var lane = 0; lane < Set.Lanes; lane++)
        {
            if (_asking[lane] != 0 && !double.IsFinite(_squares[lane]))
            {
                Leave(lane);
            }
        }
    }

    private bool NextIteration(int lane)
    {
        ref var search = ref _searches[lane];
        if (search.Iteration == _parameters.MaxIterations || search.Rate == 0)
        {
            return NextConstant(lane);
        }

        // The pixels are where the gradient is wanted only after a step; after none it is known already.
        search.NeedsDirection = search.Iteration == 0 || search.BestRate > 0;
        search.Iteration++;
        (search.Previous, search.BestLoss, search.BestRate, search.Halvings) = (search.Loss, search.Loss, 0, 0);
        search.Doublings = 0;
        search.Phase = Phase.Halving;
        return false;
    }

    private bool ContinueHalving(int lane)
    {
        ref var search = ref _searches[lane];
        if (search.Halvings < _parameters.MaxHalvings && search.Loss >= search.Previous)
        {
            return false;
        }

        search.Rate *= 2;
        search.Phase = Phase.Doubling;
        return ContinueDoubling(lane);
    }

    private bool ContinueDoubling(int lane)
    {
        ref var search = ref _searches[lane];
        if (search.Halvings == 1 && search.Doublings < _parameters.MaxDoublings && search.Loss <= search.BestLoss)
        {
            search.Doublings++;
            search.Rate *= 2;
            return false;
        }

        search.Rate /= search.Halvings == 1 ? 2 : 1;
        search.Phase = Phase.Settled;
        return search.BestRate == 0 && NextIteration(lane);
    }

    /// <summary>ART's search for c, its bounds included.</summary>
    private bool NextConstant(int lane)
    {
        ref var search = ref _searches[lane];
        if (search.Found)
        {
            search.Doubles = false;
            search.Constant = (search.LowerBound + search.Constant) / 2;
        }
        else
        {
            search.Constant = search.Doubles
                ? search.Constant * 2
                : search.Constant + (search.Constant - search.LowerBound) / 2;
            search.LowerBound = search.Constant;
        }

        search.Step++;
        if (search.Step == _parameters.BinarySearchSteps || search.Constant >= LargestConstant)
        {
            _best.Recall(lane);
            return true;
        }

        search.Phase = Phase.Restarting;
        return false;
    }

    private static void TakeIfBetter(ref Search search)
    {
        if (search.Loss < search.BestLoss)
        {
            (search.BestLoss, search.BestRate) = (search.Loss, search.Rate);
        }
    }

    /// <summary>The state of one lane.</summary>
    private struct Search
    {
        public Phase Phase;
        public bool IsAtStart, NeedsDirection, Found, Doubles;
        public int Step, Iteration, Halvings, Doublings, Rival;
        public double Constant, LowerBound, Rate, BestRate, Loss, Previous, BestLoss;

        public void Restart(double rate)
        {
            (Phase, Found, Iteration, Rate, BestRate) = (Phase.Settled, false, 0, rate, 0);
        }
    }
}
