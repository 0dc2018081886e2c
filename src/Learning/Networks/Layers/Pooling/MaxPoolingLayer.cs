using System.Runtime.CompilerServices;
using AdvFit.Learning.Kernels;

namespace AdvFit.Learning.Networks.Layers;

/// <summary>Max pooling, see <see cref="Pooling"/>.</summary>
internal sealed unsafe class MaxPoolingLayer<TOps, TVector>(Pooling definition, ImageShape input) : Layer(definition, input)
    where TOps : struct, ILaneOperations<TVector>
    where TVector : struct
{
    private readonly Padding _padding = new(input, definition.Padding, definition.Padding);
    private readonly int[] _corners = definition.Corners(input), _taps = definition.Taps(input);

    /// <summary>Whether windows share pixels or leave some out: gradients are then added up from zero.</summary>
    private readonly bool _adds = definition.Size != definition.Stride || definition.Padding > 0
        || input.Height % definition.Size != 0 || input.Width % definition.Size != 0;

    /// <summary>The padded input and the gradients by it.</summary>
    public override int ScratchLength(int workers) => 2 * _padding.Length;

    public override void Forward(LayerBuffers buffers)
    {
        if (!_padding.IsEmpty)
        {
            var padded = buffers.Scratch.Span[.._padding.Length];
            padded.Fill(float.NegativeInfinity);
            _padding.Fill(buffers.Input.Span, padded);
        }

        Forward(_corners, _taps, (_padding.IsEmpty ? buffers.Input : buffers.Scratch).Pointer, buffers.Output.Pointer);
    }

    public override void BackwardInput(LayerBuffers buffers)
    {
        var input = _padding.IsEmpty ? buffers.Input : buffers.Scratch;
        var gradient = _padding.IsEmpty ? buffers.InputGradient : buffers.Scratch.Slice(_padding.Length, _padding.Length);
        if (_adds)
        {
            gradient.Span.Clear();
        }

        Backward(
            _corners, _taps, _adds, input.Pointer, buffers.Output.Pointer, buffers.OutputGradient.Pointer, gradient.Pointer);
        if (!_padding.IsEmpty)
        {
            _padding.Take(gradient.Span, buffers.InputGradient.Span);
        }
    }

    /// <summary>Each output is the largest input under its window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Forward(ReadOnlySpan<int> corners, ReadOnlySpan<int> taps, float* input, float* output)
    {
        foreach (var window in corners)
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

    /// <summary>Hands each output's gradient to the first tap, in row-major order, that holds the maximum, as PyTorch does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Backward(
        ReadOnlySpan<int> corners, ReadOnlySpan<int> taps, bool adds, float* input, float* output,
        float* outputGradient, float* inputGradient)
    {
        foreach (var window in corners)
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
                    TOps.Store(adds ? TOps.Add(TOps.Load(target + tap), share) : share, target + tap);
                }
            }

            output += Tile.Lanes;
            outputGradient += Tile.Lanes;
        }
    }
}
