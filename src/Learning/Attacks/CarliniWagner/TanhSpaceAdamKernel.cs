using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using AdvFit.Learning.Kernels;

namespace AdvFit.Learning.Attacks.CarliniWagner;

/// <summary>
/// What one step of <see cref="TanhSpaceAdamKernel"/> reads and writes. Arrays over pixels are [pixels][lanes]; arrays over
/// lanes have a number per lane, and masks over lanes are -1 or 0.
/// </summary>
internal unsafe struct TanhSpaceAdamStep
{
    /// <summary>Derivatives of the classifier's part of the loss by the pixels.</summary>
    public float* Gradients;

    /// <summary>Pixels; overwritten.</summary>
    public float* Pixels;

    /// <summary>Pixels from which the distance counts.</summary>
    public float* Origins;

    /// <summary>Pixels in tanh space; overwritten.</summary>
    public float* Positions;

    /// <summary>Adam's first moment; overwritten.</summary>
    public float* FirstMoments;

    /// <summary>Adam's second moment; overwritten.</summary>
    public float* SecondMoments;

    /// <summary>Where to keep the pixels that are the best so far.</summary>
    public float* Best;

    /// <summary>Mask over lanes: those that step. The others keep their pixels.</summary>
    public int* Moving;

    /// <summary>Mask over lanes: those whose gradients count.</summary>
    public int* Asking;

    /// <summary>Mask over lanes: those whose pixels before the step are to be kept as the best.</summary>
    public int* Improved;

    /// <summary>Over lanes: learning rate / (1 - beta1^t).</summary>
    public float* StepSizes;

    /// <summary>Over lanes: 1 / sqrt(1 - beta2^t).</summary>
    public float* SecondCorrections;

    /// <summary>Over lanes: becomes the squared L2 distance of the new pixels from the origins.</summary>
    public float* Distances;
}

/// <summary>
/// One step of Adam (Kingma and Ba 2015) on distance^2 + the classifier's part of the loss, in the space of Carlini and
/// Wagner (2017), section V.B, where a pixel is (tanh w + 1) / 2. Everything is done in one pass over the pixels.
/// </summary>
internal abstract unsafe class TanhSpaceAdamKernel
{
    protected const float Beta1 = 0.9f;
    protected const float Beta2 = 0.999f;
    protected const float OneMinusBeta1 = 0.1f;
    protected const float OneMinusBeta2 = 0.001f;
    protected const float Epsilon = 1e-8f;

    /// <summary>The step for tiles of so many lanes, in vectors up to a width; the same bits from each.</summary>
    public static TanhSpaceAdamKernel For(int lanes, VectorWidth widest) => lanes switch
    {
        _ when lanes % 16 == 0 && widest >= VectorWidth.Bits512 => new TanhSpaceAdamKernel<Lanes512, Vector512<float>>(),
        _ when lanes % 8 == 0 && widest >= VectorWidth.Bits256 => new TanhSpaceAdamKernel<Lanes256, Vector256<float>>(),
        _ when lanes % 4 == 0 => new TanhSpaceAdamKernel<Lanes128, Vector128<float>>(),
        _ => new TanhSpaceAdamKernel<Lanes1, float>(),
    };

    /// <summary>Takes the step in every moving lane.</summary>
    public abstract void Step(in TanhSpaceAdamStep step, int pixels, int lanes);

    /// <summary>Pixels of positions in tanh space, (tanh w + 1) / 2, of any number of values.</summary>
    public static float Pixel(float position) => ElementaryFunctions<Lanes1, float>.Logistic(position + position);
}

/// <inheritdoc/>
internal sealed unsafe class TanhSpaceAdamKernel<TOps, TVector> : TanhSpaceAdamKernel
    where TOps : struct, ILaneOperations<TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Step(in TanhSpaceAdamStep step, int pixels, int lanes)
    {
        var s = step;
        new Span<float>(s.Distances, lanes).Clear();
        var anyImproved = new ReadOnlySpan<int>(s.Improved, lanes).Contains(-1);
        var one = TOps.Broadcast(1);
        var (beta1, oneMinusBeta1) = (TOps.Broadcast(Beta1), TOps.Broadcast(OneMinusBeta1));
        var (beta2, oneMinusBeta2) = (TOps.Broadcast(Beta2), TOps.Broadcast(OneMinusBeta2));
        var epsilon = TOps.Broadcast(Epsilon);
        for (var row = 0; row < pixels; row++)
        {
            for (var lane = 0; lane < lanes; lane += TOps.Width)
            {
                var at = (nint)row * lanes + lane;
                var pixel = TOps.Load(s.Pixels + at);
                if (anyImproved)
                {
                    var improved = TOps.Load((float*)s.Improved + lane);
                    TOps.Store(TOps.Select(improved, pixel, TOps.Load(s.Best + at)), s.Best + at);
                }

                // d(distance^2)/dp = 2 (p - origin), and dp/dw = (1 - tanh^2 w) / 2 = 2 p (1 - p).
                var origin = TOps.Load(s.Origins + at);
                var change = TOps.Subtract(pixel, origin);
                var byPixel = TOps.Add(
                    TOps.And(TOps.Load((float*)s.Asking + lane), TOps.Load(s.Gradients + at)), TOps.Add(change, change));
                var slope = TOps.Multiply(pixel, TOps.Subtract(one, pixel));
                var g = TOps.Multiply(byPixel, TOps.Add(slope, slope));
                var m = TOps.FusedMultiplyAdd(g, oneMinusBeta1, TOps.Multiply(TOps.Load(s.FirstMoments + at), beta1));
                var v = TOps.FusedMultiplyAdd(
                    TOps.Multiply(g, g), oneMinusBeta2, TOps.Multiply(TOps.Load(s.SecondMoments + at), beta2));
                TOps.Store(m, s.FirstMoments + at);
                TOps.Store(v, s.SecondMoments + at);
                var denominator = TOps.FusedMultiplyAdd(
                    TOps.SquareRoot(v), TOps.Load(s.SecondCorrections + lane), epsilon);
                var w = TOps.Subtract(
                    TOps.Load(s.Positions + at),
                    TOps.Divide(TOps.Multiply(m, TOps.Load(s.StepSizes + lane)), denominator));
                TOps.Store(w, s.Positions + at);
                var moved = TOps.Select(
                    TOps.Load((float*)s.Moving + lane), ElementaryFunctions<TOps, TVector>.Logistic(TOps.Add(w, w)), pixel);
                TOps.Store(moved, s.Pixels + at);
                var distance = TOps.Subtract(moved, origin);
                TOps.Store(
                    TOps.FusedMultiplyAdd(distance, distance, TOps.Load(s.Distances + lane)), s.Distances + lane);
            }
        }
    }
}
