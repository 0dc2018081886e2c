using System.Runtime.CompilerServices;

namespace AdvFit.Learning.Kernels;

/// <summary>
/// Max and average pooling without padding. A window is given by the offset of its first pixel, a tap by its offset
/// within the window, both in floats; outputs lie in the order of the windows.
/// </summary>
internal static unsafe class Pooling<TOps, TVector>
    where TOps : struct, ILaneOperations<TVector>
    where TVector : struct
{
    /// <summary>output[window] = the largest input under the window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MaxForward(ReadOnlySpan<int> windows, ReadOnlySpan<int> taps, float* input, float* output)
    {
        foreach (var window in windows)
        {
            for (var lane = 0; lane < Tile.Lanes; lane += TOps.Width)
            {
                var corner = input + window + lane;
                var largest = TOps.Load(corner);
                foreach (var tap in taps[1..])
                {
                    largest = TOps.Max(TOps.Load(corner + tap), largest);
                }

                TOps.Store(largest, output + lane);
            }

            output += Tile.Lanes;
        }
    }

    /// <summary>
    /// Hands each output's gradient to the first tap, in row-major order, that holds the maximum, as PyTorch does.
    /// </summary>
    /// <param name="overlapping">
    /// Whether windows share pixels or leave some out: the input gradient must then be zeroed by the caller and is added to.
    /// </param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MaxBackward(
        ReadOnlySpan<int> windows, ReadOnlySpan<int> taps, bool overlapping, float* input, float* output,
        float* outputGradient, float* inputGradient)
    {
        foreach (var window in windows)
        {
            for (var lane = 0; lane < Tile.Lanes; lane += TOps.Width)
            {
                var corner = input + window + lane;
                var target = inputGradient + window + lane;
                var largest = TOps.Load(output + lane);
                var gradient = TOps.Load(outputGradient + lane);
                foreach (var tap in taps)
                {
                    var share = TOps.And(TOps.EqualTo(TOps.Load(corner + tap), largest), gradient);
                    // What one tap has taken is gone for the next.
                    gradient = TOps.AndNot(gradient, TOps.EqualTo(TOps.Load(corner + tap), largest));
                    TOps.Store(overlapping ? TOps.Add(TOps.Load(target + tap), share) : share, target + tap);
                }
            }

            output += Tile.Lanes;
            outputGradient += Tile.Lanes;
        }
    }

    /// <summary>output[window] = the mean input under the window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AverageForward(ReadOnlySpan<int> windows, ReadOnlySpan<int> taps, float* input, float* output)
    {
        var count = TOps.Broadcast(taps.Length);
        foreach (var window in windows)
        {
            for (var lane = 0; lane < Tile.Lanes; lane += TOps.Width)
            {
                var sum = TOps.Broadcast(0);
                foreach (var tap in taps)
                {
                    sum = TOps.Add(sum, TOps.Load(input + window + tap + lane));
                }

                TOps.Store(TOps.Divide(sum, count), output + lane);
            }

            output += Tile.Lanes;
        }
    }

    /// <summary>Adds each output's gradient, divided by the window's size, to every tap; the caller zeroes first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AverageBackward(
        ReadOnlySpan<int> windows, ReadOnlySpan<int> taps, float* outputGradient, float* inputGradient)
    {
        var count = TOps.Broadcast(taps.Length);
        foreach (var window in windows)
        {
            for (var lane = 0; lane < Tile.Lanes; lane += TOps.Width)
            {
                var share = TOps.Divide(TOps.Load(outputGradient + lane), count);
                foreach (var tap in taps)
                {
                    var target = inputGradient + window + tap + lane;
                    TOps.Store(TOps.Add(TOps.Load(target), share), target);
                }
            }

            outputGradient += Tile.Lanes;
        }
    }
}
