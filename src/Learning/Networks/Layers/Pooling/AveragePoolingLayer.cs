using System.Runtime.CompilerServices;
using AdvFit.Learning.Kernels;

namespace AdvFit.Learning.Networks.Layers;

/// <summary>Average pooling, see <see cref="Pooling"/>.</summary>
internal sealed unsafe class AveragePoolingLayer<TOps, TVector>(Pooling definition, ImageShape input)
    : Layer(definition, input)
    where TOps : struct, ILaneOperations<TVector>
    where TVector : struct
{
    private readonly Padding _padding = new(input, definition.Padding, definition.Padding);
    private readonly int[] _corners = definition.Corners(input), _taps = definition.Taps(input);
    private readonly float[] _counts = definition.Counts(input);

    /// <summary>The padded input, and afterwards the gradients by it; the border of the input stays zero.</summary>
    public override int ScratchLength(int workers) => 2 * _padding.Length;

    public override void Forward(LayerBuffers buffers)
    {
        if (!_padding.IsEmpty)
        {
            _padding.Fill(buffers.Input.Span, buffers.Scratch.Span);
        }

        Forward(
            _corners, _taps, _counts, (_padding.IsEmpty ? buffers.Input : buffers.Scratch).Pointer, buffers.Output.Pointer);
    }

    public override void BackwardInput(LayerBuffers buffers)
    {
        var gradient = _padding.IsEmpty ? buffers.InputGradient : buffers.Scratch.Slice(_padding.Length, _padding.Length);
        gradient.Span.Clear();
        Backward(_corners, _taps, _counts, buffers.OutputGradient.Pointer, gradient.Pointer);
        if (!_padding.IsEmpty)
        {
            _padding.Take(gradient.Span, buffers.InputGradient.Span);
        }
    }

    /// <summary>Each output is the mean input under its window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Forward(
        ReadOnlySpan<int> corners, ReadOnlySpan<int> taps, ReadOnlySpan<float> counts, float* input, float* output)
    {
        for (var i = 0; i < corners.Length; i++)
        {
            var (window, count) = (corners[i], TOps.Broadcast(counts[i % counts.Length]));
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
        ReadOnlySpan<int> corners, ReadOnlySpan<int> taps, ReadOnlySpan<float> counts, float* outputGradient,
        float* inputGradient)
    {
        for (var i = 0; i < corners.Length; i++)
        {
            var (window, count) = (corners[i], TOps.Broadcast(counts[i % counts.Length]));
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
