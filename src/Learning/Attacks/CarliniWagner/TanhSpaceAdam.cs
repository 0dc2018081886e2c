using AdvFit.Learning.Attacks.Common;
using AdvFit.Learning.Kernels;

namespace AdvFit.Learning.Attacks.CarliniWagner;

/// <summary>
/// The images of an active set as points in tanh space, with the state of Adam and the best pixels of each.
/// </summary>
internal sealed unsafe class TanhSpaceAdam
{
    /// <summary>Shrinks [-1, 1] a little, lest black and white lie at infinity; the constant of the attack's authors.</summary>
    private const double Smoother = 0.999999;

    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;

    private readonly ActiveSet _set;
    private readonly TanhSpaceAdamKernel _kernel;
    private readonly AlignedBuffer _starts, _origins, _positions, _firstMoments, _secondMoments, _best;
    private readonly AlignedBuffer _stepSizes, _secondCorrections, _distances;
    private readonly double[] _beta1Powers, _beta2Powers;

    public TanhSpaceAdam(ActiveSet set)
    {
        _set = set;
        _kernel = TanhSpaceAdamKernel.For(set.Lanes, VectorWidths.Widest);
        (_starts, _origins, _positions) = (Pixels(), Pixels(), Pixels());
        (_firstMoments, _secondMoments, _best) = (Pixels(), Pixels(), Pixels());
        (_stepSizes, _secondCorrections, _distances) = (PerLane(), PerLane(), PerLane());
        (_beta1Powers, _beta2Powers) = (new double[set.Lanes], new double[set.Lanes]);

        AlignedBuffer Pixels() => new(set.Originals.Length);
        AlignedBuffer PerLane() => new(set.Lanes);
    }

    /// <summary>Squared L2 distance of each lane's pixels from the start; NaN where a gradient was not finite.</summary>
    public ReadOnlySpan<float> Distances => _distances.Span;

    /// <summary>Maps the originals of a lane into tanh space.</summary>
    public void Enter(int lane)
    {
        for (var at = lane; at < _set.Originals.Length; at += _set.Lanes)
        {
            var start = (float)PortableMath.InverseTanh(Smoother * (2.0 * _set.Originals[at] - 1));
            _starts.Span[at] = start;
            _origins.Span[at] = TanhSpaceAdamKernel.Pixel(start);
        }
    }

    /// <summary>Puts a lane back to its start, with Adam's state forgotten.</summary>
    public void Restart(int lane)
    {
        LaneMath.Copy(lane, _set.Lanes, _origins.Span, _set.Tile.Pixels);
        LaneMath.Copy(lane, _set.Lanes, _starts.Span, _positions.Span);
        for (var at = lane; at < _positions.Length; at += _set.Lanes)
        {
            (_firstMoments.Span[at], _secondMoments.Span[at]) = (0, 0);
        }

        (_beta1Powers[lane], _beta2Powers[lane], _distances.Span[lane]) = (1, 1, 0);
    }

    /// <summary>Takes a step of Adam in the moving lanes.</summary>
    /// <param name="moving">Mask over lanes.</param>
    /// <param name="asking">Mask over lanes: those whose pixel gradients count.</param>
    /// <param name="improved">Mask over lanes: those whose pixels before the step are to be kept as the best.</param>
    /// <param name="rates">Learning rate of each lane.</param>
    public void Step(
        ReadOnlySpan<int> moving, ReadOnlySpan<int> asking, ReadOnlySpan<int> improved, ReadOnlySpan<double> rates)
    {
        for (var lane = 0; lane < _set.Lanes; lane++)
        {
            _beta1Powers[lane] *= Beta1;
            _beta2Powers[lane] *= Beta2;
            _stepSizes.Span[lane] = (float)(rates[lane] / (1 - _beta1Powers[lane]));
            _secondCorrections.Span[lane] = (float)(1 / Math.Sqrt(1 - _beta2Powers[lane]));
        }

        fixed (float* gradients = _set.Tile.PixelGradients, pixels = _set.Tile.Pixels)
        fixed (int* movingLanes = moving, askingLanes = asking, improvedLanes = improved)
        {
            var step = new TanhSpaceAdamStep
            {
                Gradients = gradients,
                Pixels = pixels,
                Origins = _origins.Pointer,
                Positions = _positions.Pointer,
                FirstMoments = _firstMoments.Pointer,
                SecondMoments = _secondMoments.Pointer,
                Best = _best.Pointer,
                Moving = movingLanes,
                Asking = askingLanes,
                Improved = improvedLanes,
                StepSizes = _stepSizes.Pointer,
                SecondCorrections = _secondCorrections.Pointer,
                Distances = _distances.Pointer,
            };
            _kernel.Step(step, _set.ImageLength, _set.Lanes);
        }
    }

    /// <summary>Keeps the current pixels of a lane as its best.</summary>
    public void Keep(int lane) => LaneMath.Copy(lane, _set.Lanes, _set.Tile.Pixels, _best.Span);

    /// <summary>Makes the best pixels of a lane its current ones.</summary>
    public void Recall(int lane) => LaneMath.Copy(lane, _set.Lanes, _best.Span, _set.Tile.Pixels);
}
