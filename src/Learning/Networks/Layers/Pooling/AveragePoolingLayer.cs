using System.Runtime.CompilerServices;
using AdvFit.Learning.Kernels;

namespace AdvFit.Learning.Networks.Layers;

/// <summary>Average pooling, see <see cref="Pooling"/>.</summary>
internal sealed unsafe class AveragePoolingLayer<TOps, TVector>(Pooling definition, ImageShape input)
    : Layer(definition, input)
    where TOps : struct, ILaneOperations<TVector>
    where TVector : struct
{
    private readonly int[] _corners = SlidingWindow.Corners(input, definition.OutputShape(input), definition.Stride);
    private readonly int[] _taps = SlidingWindow.Taps(input with { Channels = 1 }, definition.Size);

    public override void Forward(LayerBuffers buffers) =>
        Forward(_corners, _taps, buffers.Input.Pointer, buffers.Output.Pointer);

    public override void BackwardInput(LayerBuffers buffers)
    {
        buffers.InputGradient.Span.Clear();
        Backward(_corners, _taps, buffers.OutputGradient.Pointer, buffers.InputGradient.Pointer);
    }

    /// <summary>Each output is the mean input under its window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Forward(ReadOnlySpan<int> corners, ReadOnlySpan<int> taps, float* input, float* output)
    {
        var count = TOps.Broadcast(taps.Length);
        foreach (var window in corners)
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

    /// <summary>Adds each output's gradient, divided by the window's size, to every tap.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Backward(
        ReadOnlySpan<int> corners, ReadOnlySpan<int> taps, float* outputGradient, float* inputGradient)
    {
        var count = TOps.Broadcast(taps.Length);
        foreach (var window in corners)
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
