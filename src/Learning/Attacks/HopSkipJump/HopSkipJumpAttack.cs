using AdvFit.Learning.Attacks.Common;
using AdvFit.Learning.Kernels;
using AdvFit.Learning.Randomness;

namespace AdvFit.Learning.Attacks.HopSkipJump;

/// <summary>
/// HopSkipJump for the L2 norm, untargeted, of Chen, Jordan and Wainwright (2019), arXiv:1904.02144, algorithm 2: from a
/// blend with uniform noise, bisect to the boundary, estimate its normal from decisions alone, step along it, and again. It
/// sees of the classifier only which class it predicts.
/// </summary>
/// <remarks>
/// Bisections and steps ask one query at a time, so the images ask theirs together, a lane each; an estimate of the normal
/// asks many, so the images take turns with the whole tile. Directions have independent uniform coordinates, scaled to length
/// 1; the article draws them uniformly from the sphere, from which they cannot be told apart with many pixels. An estimate
/// that the budget cannot hold is cut to what leaves room for the step and the bisection. The nearest point found is the
/// result, where the authors and the libraries return the last. Costs queries only, and never more than the budget. An image
/// for which no noise is adversarial, or whose logits stop being finite before, is a failure and stays as it was.
/// </remarks>
internal sealed class HopSkipJumpAttack : TileAttack
{
    /// <summary>The noise that an image starts from; the sample is its pooled index, the part the trial.</summary>
    private static readonly Purpose StartNoise = new(6);

    private const double FirstDelta = 0.1;
    private const double BlendTolerance = 1e-3;

    private readonly HopSkipJumpParameters _parameters;
    private readonly SampleStreams _streams;
    private readonly GradientEstimator _gradient;
    private readonly NearestAdversarial _best;
    private readonly Search[] _searches;

    /// <summary>The current point of each image, which is adversarial; before that, the noise it blends with.</summary>
    private readonly float[] _current;

    /// <summary>Where each image's next query lies: from its original to the current point, or along the normal.</summary>
    private readonly float[] _directions;
    private readonly float[] _scales;
    private readonly int[] _fromOriginal;
    private readonly int[] _fromCurrent;
    private readonly int[] _changed;
    private readonly double _theta;
    private readonly int _bisections;

    public HopSkipJumpAttack(ActiveSet set, HopSkipJumpParameters parameters, SampleStreams streams)
        : base(set)
    {
        (_parameters, _streams) = (parameters, streams);
        _gradient = new GradientEstimator(set, streams);
        _best = new NearestAdversarial(set);
        _searches = new Search[set.Lanes];
        (_current, _directions) = (new float[set.Originals.Length], new float[set.Originals.Length]);
        _scales = new float[set.Lanes];
        (_fromOriginal, _fromCurrent, _changed) = (new int[set.Lanes], new int[set.Lanes], new int[set.Lanes]);
        _theta = Theta(parameters, set.ImageLength);
        for (var gap = 1.0; gap > _theta; gap /= 2)
        {
            _bisections++;
        }
    }

    /// <summary>What a lane does, and so what its query is.</summary>
    private enum Phase
    {
        /// <summary>The original.</summary>
        Enter,

        /// <summary>Noise that may be adversarial.</summary>
        Start,

        /// <summary>A blend of the original and the noise.</summary>
        Blend,

        /// <summary>A point between the original and the current point.</summary>
        Bisect,

        /// <summary>Nothing: it waits for the tile.</summary>
        Estimate,

        /// <summary>A step along the normal.</summary>
        Step,
    }

    /// <summary>How near to the boundary a bisection ends, as a share of the way: gamma / d^exponent.</summary>
    private static double Theta(HopSkipJumpParameters parameters, int pixels) =>
        parameters.Gamma * PortableMath.Exponential(-parameters.DimensionExponent * PortableMath.Log(pixels));

    protected override void Enter(int lane)
    {
        _searches[lane] = new Search { Phase = Phase.Enter, High = 1 };
        _best.Forget(lane);
    }

    protected override void Abandon(int lane)
    {
        if (_searches[lane].Phase != Phase.Enter)
        {
            _best.Recall(lane);
        }
    }

    protected override bool Judge(int lane)
    {
        ref var search = ref _searches[lane];
        var isFooled = LaneLogits.IsFooled(Set.Tile, lane, Set.Label(lane));
        var isSpent = false;
        switch (search.Phase)
        {
            case Phase.Enter:
                if (isFooled)
                {
                    return true;
                }

                search.Phase = Phase.Start;
                break;
            case Phase.Start:
                if (isFooled)
                {
                    SetCurrentPoint(lane);
                    search.StartBlending();
                }
                else
                {
                    isSpent = search.Trials == _parameters.StartTrials;
                }

                break;
            case Phase.Blend:
                search.Narrow(isFooled);
                EndBlendIfDone(lane, isFooled);
                break;
            case Phase.Bisect:
                search.Narrow(isFooled);
                isSpent = EndBisectionIfDone(lane);
                break;
            case Phase.Step when isFooled:
                SetCurrentPoint(lane);
                search.StartBisection();
                break;
            default:
                search.Length /= 2;
                // Shorter than the bisection can tell, a step leads nowhere: estimate again.
                isSpent = search.Length < _theta * search.Distance && NextIteration(lane);
                break;
        }

        if (!isSpent && (search.Phase == Phase.Estimate || Set.QueriesOf(lane) < _parameters.QueryBudget))
        {
            return false;
        }

        KeepBoundaryPoint(lane);
        _best.Recall(lane);
        return true;
    }

    protected override void Advance()
    {
        EstimateIfAllWait();
        for (var lane = 0; lane < Set.Lanes; lane++)
        {
            ref var search = ref _searches[lane];
            var phase = Set.IsActive(lane) ? search.Phase : Phase.Estimate;
            _fromOriginal[lane] = phase is Phase.Blend or Phase.Bisect ? -1 : 0;
            _fromCurrent[lane] = phase is Phase.Step ? -1 : 0;
            _scales[lane] = phase is Phase.Step ? (float)search.Length : (float)search.Ask(_parameters.BlendSteps);
            if (phase == Phase.Start)
            {
                DrawStart(lane);
            }

            if (phase != Phase.Estimate)
            {
                Set.MarkMoved(lane);
            }
        }

        LaneMath.StepInBox(_fromOriginal, Set.Originals, _scales, _directions, Set.Tile.Pixels, _changed);
        LaneMath.StepInBox(_fromCurrent, _current, _scales, _directions, Set.Tile.Pixels, _changed);
    }

    private void EstimateIfAllWait()
    {
        for (var lane = 0; lane < Set.Lanes; lane++)
        {
            if (Set.IsActive(lane) && _searches[lane].Phase != Phase.Estimate)
            {
                return;
            }
        }

        for (var lane = 0; lane < Set.Lanes; lane++)
        {
            if (Set.IsActive(lane))
            {
                Estimate(lane);
            }
        }

        // The tile is full of neighbours: empty lanes hold zeros.
        Set.Tile.Pixels.Clear();
        for (var lane = 0; lane < Set.Lanes; lane++)
        {
            if (Set.IsActive(lane) && _searches[lane].Phase == Phase.Estimate)
            {
                _best.Recall(lane);
                Set.Finish(lane);
            }
        }
    }

    /// <summary>Estimates the normal and readies the step; stays in its phase if there is nothing to step along.</summary>
    private void Estimate(int lane)
    {
        ref var search = ref _searches[lane];
        for (int pixel = 0, at = lane; pixel < _gradient.Point.Length; pixel++, at += Set.Lanes)
        {
            _gradient.Point[pixel] = _current[at];
        }

        if (!_gradient.Estimate(lane, GradientQueries(lane), search.Delta))
        {
            return;
        }

        for (int pixel = 0, at = lane; pixel < _gradient.Point.Length; pixel++, at += Set.Lanes)
        {
            _directions[at] = _gradient.Direction[pixel];
        }

        search.Length = search.Distance / Math.Sqrt(search.Iteration);
        search.Phase = Phase.Step;
    }

    /// <summary>What the estimate may take, so that the budget still holds a step and a bisection; below 1 if nothing.</summary>
    private int GradientQueries(int lane)
    {
        var wanted = (int)Math.Min(
            _parameters.InitialGradientQueries * Math.Sqrt(_searches[lane].Iteration), _parameters.MaxGradientQueries);
        return Math.Min(wanted, _parameters.QueryBudget - Set.QueriesOf(lane) - 1 - _bisections);
    }

    private void DrawStart(int lane)
    {
        var image = Set.Image(lane);
        var stream = new RandomStream(
            _streams.Seed, _streams.Shuffle, StartNoise, _streams.Samples.Span[image],
            _searches[lane].Trials++);
        var pixels = Set.Tile.Pixels;
        for (var at = lane; at < pixels.Length; at += Set.Lanes)
        {
            pixels[at] = stream.NextSingle();
        }
    }

    /// <summary>Makes the pixels of a lane, which are adversarial, its current point, seen from the original.</summary>
    private void SetCurrentPoint(int lane)
    {
        var pixels = Set.Tile.Pixels;
        var squares = 0.0;
        for (var at = lane; at < pixels.Length; at += Set.Lanes)
        {
            _current[at] = pixels[at];
            _directions[at] = _current[at] - Set.Originals[at];
            squares += (double)_directions[at] * _directions[at];
        }

        _searches[lane].Distance = Math.Sqrt(squares);
    }

    private void EndBlendIfDone(int lane, bool isFooled)
    {
        ref var search = ref _searches[lane];
        var isDone = _parameters.BlendSteps == 0
            ? search.High - search.Low <= BlendTolerance
            : isFooled || search.Blends == _parameters.BlendSteps - 1;
        if (isDone)
        {
            MoveToLastAdversarial(lane);
            search.StartBisection();
        }
    }

    /// <returns>Whether the image is done.</returns>
    private bool EndBisectionIfDone(int lane)
    {
        ref var search = ref _searches[lane];
        if (search.High - search.Low > _theta)
        {
            return false;
        }

        // The authors measure the point before the bisection for delta, and the one after it for the step.
        search.Delta = search.Iteration == 0 ? FirstDelta : Math.Sqrt(Set.ImageLength) * _theta * search.Distance;
        KeepBoundaryPoint(lane);
        return NextIteration(lane);
    }

    /// <returns>Whether there is none.</returns>
    private bool NextIteration(int lane)
    {
        ref var search = ref _searches[lane];
        if (search.Iteration == _parameters.MaxIterations)
        {
            return true;
        }

        search.Iteration++;
        search.Phase = Phase.Estimate;
        return GradientQueries(lane) < 1;
    }

    /// <summary>Moves to the nearest adversarial point of a bisection, and keeps it if it is the best.</summary>
    private void KeepBoundaryPoint(int lane)
    {
        if (_searches[lane].Phase is Phase.Blend or Phase.Bisect)
        {
            MoveToLastAdversarial(lane);
            LaneMath.Copy(lane, Set.Lanes, _current, Set.Tile.Pixels);
            _best.Offer(lane, _searches[lane].Distance);
        }
    }

    /// <summary>Makes the last adversarial point between original and current point the current one, to the same bits.</summary>
    private void MoveToLastAdversarial(int lane)
    {
        ref var search = ref _searches[lane];
        if (search.High < 1)
        {
            var pixels = Set.Tile.Pixels;
            var scale = (float)search.High;
            for (var at = lane; at < pixels.Length; at += Set.Lanes)
            {
                var step = scale * _directions[at];
                pixels[at] = MathF.Max(MathF.Min(Set.Originals[at] + step, 1), 0);
            }

            SetCurrentPoint(lane);
        }

        search.High = 1;
    }

    /// <summary>The state of one lane.</summary>
    private struct Search
    {
        public Phase Phase;
        public int Trials, Blends, Iteration;

        /// <summary>The boundary lies between these shares of the way, of which the upper is adversarial; the last one queried.</summary>
        public double Low, High, Queried;

        /// <summary>L2 distance of the current point from the original; of the neighbours from the point; of the step.</summary>
        public double Distance, Delta, Length;

        public void StartBlending() => (Phase, Blends, Low, High) = (Phase.Blend, 0, 0, 1);

        public void StartBisection() => (Phase, Low, High) = (Phase.Bisect, 0, 1);

        /// <summary>Chooses the share to ask about: a blend in equal steps if there are any, or the middle.</summary>
        public double Ask(int blendSteps) =>
            Queried = Phase == Phase.Blend && blendSteps > 0 ? (Blends + 1.0) / blendSteps : (Low + High) / 2;

        public void Narrow(bool isAdversarial)
        {
            Blends++;
            (Low, High) = isAdversarial ? (Low, Queried) : (Queried, High);
        }
    }
}
