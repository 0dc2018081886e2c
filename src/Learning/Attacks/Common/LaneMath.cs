using System.Numerics;
using System.Runtime.InteropServices;

namespace AdvFit.Learning.Attacks.Common;

/// <summary>
/// Arithmetic on arrays of [pixels][lanes], one number per lane on the side. Each operation rounds once and a lane's sum
/// runs over the pixels in order, so that every vector width gives the same bits, and no lane sees another.
/// </summary>
/// <remarks>Selected lanes are those with -1; the others, with 0, stay as they are.</remarks>
internal static class LaneMath
{
    /// <summary>
    /// The sum of squares of each lane, in double precision, where the square of a float is exact and cannot overflow. It is
    /// therefore finite exactly if every value is, and zero exactly if every value is.
    /// </summary>
    public static void SumOfSquares(ReadOnlySpan<float> values, Span<double> sums)
    {
        sums.Clear();
        var lanes = sums.Length;
        ref var value = ref MemoryMarshal.GetReference(values);
        ref var sum = ref MemoryMarshal.GetReference(sums);
        for (var row = 0; row < values.Length; row += lanes)
        {
            var lane = 0;
            for (; lane <= lanes - Vector<float>.Count; lane += Vector<float>.Count)
            {
                Vector.Widen(Vector.LoadUnsafe(ref value, (nuint)(row + lane)), out var low, out var high);
                var next = (nuint)(lane + Vector<double>.Count);
                (Vector.LoadUnsafe(ref sum, (nuint)lane) + low * low).StoreUnsafe(ref sum, (nuint)lane);
                (Vector.LoadUnsafe(ref sum, next) + high * high).StoreUnsafe(ref sum, next);
            }

            for (; lane < lanes; lane++)
            {
                double wide = values[row + lane];
                sums[lane] += wide * wide;
            }
        }
    }

    /// <summary>Copies one lane.</summary>
    public static void Copy(int lane, int lanes, ReadOnlySpan<float> from, Span<float> to)
    {
        for (var at = lane; at < from.Length; at += lanes)
        {
            to[at] = from[at];
        }
    }

    /// <summary>Copies the selected lanes.</summary>
    public static void Copy(ReadOnlySpan<int> selected, ReadOnlySpan<float> from, Span<float> to)
    {
        var lanes = selected.Length;
        ref var mask = ref MemoryMarshal.GetReference(selected);
        ref var source = ref MemoryMarshal.GetReference(from);
        ref var target = ref MemoryMarshal.GetReference(to);
        for (var row = 0; row < from.Length; row += lanes)
        {
            var lane = 0;
            for (; lane <= lanes - Vector<float>.Count; lane += Vector<float>.Count)
            {
                var at = (nuint)(row + lane);
                var chosen = Vector.ConditionalSelect(
                    Vector.LoadUnsafe(ref mask, (nuint)lane),
                    Vector.LoadUnsafe(ref source, at), Vector.LoadUnsafe(ref target, at));
                chosen.StoreUnsafe(ref target, at);
            }

            for (; lane < lanes; lane++)
            {
                if (selected[lane] != 0)
                {
                    to[row + lane] = from[row + lane];
                }
            }
        }
    }

    /// <summary>The sign of each value of the selected lanes: -1, 0 or 1; 0 where it is not a number.</summary>
    public static void Signs(ReadOnlySpan<int> selected, ReadOnlySpan<float> values, Span<float> signs)
    {
        var lanes = selected.Length;
        ref var mask = ref MemoryMarshal.GetReference(selected);
        ref var source = ref MemoryMarshal.GetReference(values);
        ref var target = ref MemoryMarshal.GetReference(signs);
        for (var row = 0; row < values.Length; row += lanes)
        {
            var lane = 0;
            for (; lane <= lanes - Vector<float>.Count; lane += Vector<float>.Count)
            {
                var at = (nuint)(row + lane);
                var value = Vector.LoadUnsafe(ref source, at);
                var negative = Vector.ConditionalSelect(
                    Vector.LessThan(value, Vector<float>.Zero), -Vector<float>.One, Vector<float>.Zero);
                var sign = Vector.ConditionalSelect(
                    Vector.GreaterThan(value, Vector<float>.Zero), Vector<float>.One, negative);
                Vector.ConditionalSelect(
                    Vector.LoadUnsafe(ref mask, (nuint)lane), sign, Vector.LoadUnsafe(ref target, at))
                    .StoreUnsafe(ref target, at);
            }

            for (; lane < lanes; lane++)
            {
                if (selected[lane] != 0)
                {
                    signs[row + lane] = values[row + lane] switch { > 0 => 1, < 0 => -1, _ => 0 };
                }
            }
        }
    }

    /// <summary>Adds directions, each lane scaled by its own number, to the totals of the selected lanes.</summary>
    public static void AddScaled(
        ReadOnlySpan<int> selected, ReadOnlySpan<float> scales, ReadOnlySpan<float> directions, Span<float> totals)
    {
        var lanes = selected.Length;
        ref var mask = ref MemoryMarshal.GetReference(selected);
        ref var scale = ref MemoryMarshal.GetReference(scales);
        ref var direction = ref MemoryMarshal.GetReference(directions);
        ref var target = ref MemoryMarshal.GetReference(totals);
        for (var row = 0; row < directions.Length; row += lanes)
        {
            var lane = 0;
            for (; lane <= lanes - Vector<float>.Count; lane += Vector<float>.Count)
            {
                var at = (nuint)(row + lane);
                var total = Vector.LoadUnsafe(ref target, at);
                var step = Vector.LoadUnsafe(ref scale, (nuint)lane) * Vector.LoadUnsafe(ref direction, at);
                Vector.ConditionalSelect(Vector.LoadUnsafe(ref mask, (nuint)lane), total + step, total)
                    .StoreUnsafe(ref target, at);
            }

            for (; lane < lanes; lane++)
            {
                if (selected[lane] != 0)
                {
                    var step = scales[lane] * directions[row + lane];
                    totals[row + lane] += step;
                }
            }
        }
    }

    /// <summary>
    /// Puts the selected lanes' pixels at origin + scale x direction, clipped to [0, 1]. The origins may be the pixels.
    /// </summary>
    /// <param name="changed">Becomes nonzero in the lanes where some pixel changed, zero in the others.</param>
    public static void StepInBox(
        ReadOnlySpan<int> selected, ReadOnlySpan<float> origins, ReadOnlySpan<float> scales,
        ReadOnlySpan<float> directions, Span<float> pixels, Span<int> changed)
    {
        changed.Clear();
        var lanes = selected.Length;
        ref var mask = ref MemoryMarshal.GetReference(selected);
        ref var scale = ref MemoryMarshal.GetReference(scales);
        ref var direction = ref MemoryMarshal.GetReference(directions);
        ref var origin = ref MemoryMarshal.GetReference(origins);
        ref var target = ref MemoryMarshal.GetReference(pixels);
        ref var differs = ref MemoryMarshal.GetReference(changed);
        for (var row = 0; row < directions.Length; row += lanes)
        {
            var lane = 0;
            for (; lane <= lanes - Vector<float>.Count; lane += Vector<float>.Count)
            {
                var at = (nuint)(row + lane);
                var old = Vector.LoadUnsafe(ref target, at);
                var step = Vector.LoadUnsafe(ref scale, (nuint)lane) * Vector.LoadUnsafe(ref direction, at);
                var moved = Vector.LoadUnsafe(ref origin, at) + step;
                var boxed = Vector.Max(Vector.Min(moved, Vector<float>.One), Vector<float>.Zero);
                var pixel = Vector.ConditionalSelect(Vector.LoadUnsafe(ref mask, (nuint)lane), boxed, old);
                pixel.StoreUnsafe(ref target, at);
                (Vector.LoadUnsafe(ref differs, (nuint)lane) | ~Vector.Equals(pixel, old))
                    .StoreUnsafe(ref differs, (nuint)lane);
            }

            for (; lane < lanes; lane++)
            {
                if (selected[lane] != 0)
                {
                    var old = pixels[row + lane];
                    var step = scales[lane] * directions[row + lane];
                    var pixel = MathF.Max(MathF.Min(origins[row + lane] + step, 1), 0);
                    pixels[row + lane] = pixel;
                    changed[lane] |= pixel == old ? 0 : -1;
                }
            }
        }
    }

    /// <summary>Replaces directions by the pixels at point + scale x direction, clipped to [0, 1].</summary>
    /// <param name="point">One pixel per row, the same for all lanes.</param>
    /// <param name="scales">Over lanes.</param>
    public static void AroundPoint(ReadOnlySpan<float> point, ReadOnlySpan<float> scales, Span<float> directions)
    {
        var lanes = scales.Length;
        ref var scale = ref MemoryMarshal.GetReference(scales);
        ref var target = ref MemoryMarshal.GetReference(directions);
        for (var pixel = 0; pixel < point.Length; pixel++)
        {
            var row = pixel * lanes;
            var centre = new Vector<float>(point[pixel]);
            var lane = 0;
            for (; lane <= lanes - Vector<float>.Count; lane += Vector<float>.Count)
            {
                var at = (nuint)(row + lane);
                var moved = centre + Vector.LoadUnsafe(ref scale, (nuint)lane) * Vector.LoadUnsafe(ref target, at);
                Vector.Max(Vector.Min(moved, Vector<float>.One), Vector<float>.Zero).StoreUnsafe(ref target, at);
            }

            for (; lane < lanes; lane++)
            {
                var step = scales[lane] * directions[row + lane];
                directions[row + lane] = MathF.Max(MathF.Min(point[pixel] + step, 1), 0);
            }
        }
    }
}
