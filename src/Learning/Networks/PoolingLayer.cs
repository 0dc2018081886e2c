using AdvFit.Learning.Kernels;

namespace AdvFit.Learning.Networks;

/// <summary>Pooling, see <see cref="Pooling"/>.</summary>
internal sealed unsafe class PoolingLayer : Layer
{
    private readonly PoolingKind _kind;
    private readonly int[] _windows, _taps;
    private readonly bool _adds;

    public PoolingLayer(Pooling definition, ImageShape input)
        : base(definition, input)
    {
        _kind = definition.Kind;
        _windows = Offsets.Windows(input, Output, definition.Stride);
        _taps = Offsets.Taps(input with { Channels = 1 }, definition.Size);
        var coversAll = definition.Size == definition.Stride
            && input.Height % definition.Size == 0 && input.Width % definition.Size == 0;
        _adds = _kind == PoolingKind.Average || !coversAll;
    }

    public override void Forward(LaneKernels kernels, LayerBuffers buffers)
    {
        if (_kind == PoolingKind.Max)
        {
            kernels.MaxPool(_windows, _taps, buffers.Input.Pointer, buffers.Output.Pointer);
        }
        else
        {
            kernels.AveragePool(_windows, _taps, buffers.Input.Pointer, buffers.Output.Pointer);
        }
    }

    public override void BackwardInput(LaneKernels kernels, LayerBuffers buffers)
    {
        if (_adds)
        {
            buffers.InputGradient.Span.Clear();
        }

        if (_kind == PoolingKind.Max)
        {
            kernels.MaxPoolGradient(
                _windows, _taps, _adds, buffers.Input.Pointer, buffers.Output.Pointer, buffers.OutputGradient.Pointer,
                buffers.InputGradient.Pointer);
        }
        else
        {
            kernels.AveragePoolGradient(
                _windows, _taps, buffers.OutputGradient.Pointer, buffers.InputGradient.Pointer);
        }
    }
}
