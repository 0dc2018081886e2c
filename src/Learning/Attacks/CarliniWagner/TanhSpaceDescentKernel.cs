using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using AdvFit.Learning.Kernels;

namespace AdvFit.Learning.Attacks.CarliniWagner;

/// <summary>
/// Steepest descent in the space where a pixel is (tanh w / smoother + 1) / 2, in the way of ART: which way is down, and what
/// lies there. Arrays over pixels are [pixels][lanes]; arrays over lanes have a number per lane, masks over lanes -1 or 0.
/// </summary>
internal abstract unsafe class TanhSpaceDescentKernel
{
    /// <summary>Shrinks [-1, 1] a little, lest black and white lie at infinity.</summary>
    public const float Smoother = 0.999999f;

    /// <summary>The kernels for tiles of so many lanes, in vectors up to a width; the same bits from each.</summary>
    public static TanhSpaceDescentKernel For(int lanes, VectorWidth widest) => lanes switch
    {
        _ when lanes % 16 == 0 && widest >= VectorWidth.Bits512 => new TanhSpaceDescentKernel<Lanes512, Vector512<float>>(),
        _ when lanes % 8 == 0 && widest >= VectorWidth.Bits256 => new TanhSpaceDescentKernel<Lanes256, Vector256<float>>(),
        _ when lanes % 4 == 0 => new TanhSpaceDescentKernel<Lanes128, Vector128<float>>(),
        _ => new TanhSpaceDescentKernel<Lanes1, float>(),
    };

    /// <summary>
    /// Directions of the selected lanes: minus the gradient by w of distance^2 + the classifier's part of the loss.
    /// </summary>
    /// <param name="gradients">Derivatives of the classifier's part by the pixels.</param>
    public abstract void Descend(
        float* gradients, float* pixels, float* origins, float* positions, int* selected, float* directions, int count,
        int lanes);

    /// <summary>Puts the pixels of the selected lanes at w + rate x direction.</summary>
    /// <param name="settled">Mask over lanes: those whose w moves there too.</param>
    /// <param name="rates">Over lanes.</param>
    /// <param name="distances">Over lanes: becomes the squared L2 distance of the pixels from the origins.</param>
    public abstract void Move(
        float* positions, float* directions, float* rates, int* selected, int* settled, float* origins, float* pixels,
        float* distances, int count, int lanes);
}

/// <inheritdoc/>
internal sealed unsafe class TanhSpaceDescentKernel<TOps, TVector> : TanhSpaceDescentKernel
    where TOps : struct, ILaneOperations<TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Descend(
        float* gradients, float* pixels, float* origins, float* positions, int* selected, float* directions, int count,
        int lanes)
    {
        var one = TOps.Broadcast(1);
        var minusHalf = TOps.Broadcast(-0.5f / Smoother);
        for (var row = 0; row < count; row++)
        {
            for (var lane = 0; lane < lanes; lane += TOps.Width)
            {
                var at = (nint)row * lanes + lane;
                var change = TOps.Subtract(TOps.Load(pixels + at), TOps.Load(origins + at));
                var byPixel = TOps.Add(TOps.Load(gradients + at), TOps.Add(change, change));
                var tanh = ElementaryFunctions<TOps, TVector>.Tanh(TOps.Load(positions + at));
                var slope = TOps.Multiply(TOps.Subtract(one, TOps.Multiply(tanh, tanh)), minusHalf);
                var direction = TOps.Select(
                    TOps.Load((float*)selected + lane), TOps.Multiply(byPixel, slope), TOps.Load(directions + at));
                TOps.Store(direction, directions + at);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Move(
        float* positions, float* directions, float* rates, int* selected, int* settled, float* origins, float* pixels,
        float* distances, int count, int lanes)
    {
        new Span<float>(distances, lanes).Clear();
        var (zero, one, half) = (TOps.Broadcast(0), TOps.Broadcast(1), TOps.Broadcast(0.5f));
        var scale = TOps.Broadcast(0.5f / Smoother);
        for (var row = 0; row < count; row++)
        {
            for (var lane = 0; lane < lanes; lane += TOps.Width)
            {
                var at = (nint)row * lanes + lane;
                var w = TOps.Load(positions + at);
                var moved = TOps.FusedMultiplyAdd(TOps.Load(rates + lane), TOps.Load(directions + at), w);
                TOps.Store(TOps.Select(TOps.Load((float*)settled + lane), moved, w), positions + at);
                var pixel = TOps.FusedMultiplyAdd(ElementaryFunctions<TOps, TVector>.Tanh(moved), scale, half);
                pixel = TOps.Max(zero, pixel); // Dividing by the smoother leaves the box by rounding.
                pixel = TOps.Select(TOps.GreaterThan(pixel, one), one, pixel);
                pixel = TOps.Select(TOps.Load((float*)selected + lane), pixel, TOps.Load(pixels + at));
                TOps.Store(pixel, pixels + at);
                var distance = TOps.Subtract(pixel, TOps.Load(origins + at));
                TOps.Store(
                    TOps.FusedMultiplyAdd(distance, distance, TOps.Load(distances + lane)), distances + lane);
            }
        }
    }
}
