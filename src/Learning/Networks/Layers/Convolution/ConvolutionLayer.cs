using AdvFit.Learning.Kernels;

namespace AdvFit.Learning.Networks.Layers;

/// <summary>Convolution, see <see cref="Convolution"/>.</summary>
internal sealed unsafe class ConvolutionLayer<TOps, TVector> : Layer
    where TOps : struct, ILaneOperations<TVector>
    where TVector : struct
{
    private readonly Convolution _definition;
    private readonly ParameterShape _weight, _bias;
    private readonly ImageShape _padded;
    private readonly WeightedSumPlan _forward, _backward;
    private readonly int[] _corners, _taps;
    private readonly AlignedBuffer _forwardWeights, _backwardWeights, _biases;

    public ConvolutionLayer(Convolution definition, ImageShape input)
        : base(definition, input)
    {
        _definition = definition;
        (_weight, _bias) = (definition.Parameters(input)[0], definition.Parameters(input)[1]);
        _padded = new ImageShape(
            input.Channels, input.Height + 2 * definition.Padding, input.Width + 2 * definition.Padding);
        _corners = SlidingWindow.Corners(_padded with { Channels = 1 }, Output, definition.Stride);
        _taps = SlidingWindow.Taps(_padded, definition.Kernel);
        _forward = ForwardPlan();
        _backward = BackwardPlan();
        _forwardWeights = new AlignedBuffer(_forward.PackedLength);
        _backwardWeights = new AlignedBuffer(_backward.PackedLength);
        _biases = new AlignedBuffer(definition.Channels);
    }

    public override int ScratchLength => PaddedLength
        + Math.Max(ConvolutionGradient<TOps, TVector>.ScratchLength(_taps.Length), Tile.Lanes);

    /// <summary>The padded copy of the input comes first in the scratch; its border stays zero.</summary>
    private int PaddedLength => _definition.Padding == 0 ? 0 : _padded.Length * Tile.Lanes;

    public override void Forward(LayerBuffers buffers)
    {
        if (_definition.Padding > 0)
        {
            CopyIntoPadded(buffers.Input.Span, buffers.Scratch.Span);
        }

        WeightedSums<TOps, TVector>.Run(
            _forward, PaddedInput(buffers), _forwardWeights.Pointer, _biases.Pointer, buffers.Output.Pointer);
    }

    public override void BackwardInput(LayerBuffers buffers) => WeightedSums<TOps, TVector>.Run(
        _backward, buffers.OutputGradient.Pointer, _backwardWeights.Pointer, null, buffers.InputGradient.Pointer);

    public override void BackwardParameters(LayerBuffers buffers, Parameters gradients) =>
        ConvolutionGradient<TOps, TVector>.Run(
            _forward.Blocks, _corners, _taps, PaddedInput(buffers), buffers.OutputGradient.Pointer,
            buffers.Scratch.Pointer + PaddedLength, gradients.PointerTo(_weight), gradients.PointerTo(_bias));

    public override void ParametersChanged(Parameters parameters)
    {
        var (outputs, inputs, area) = (Output.Channels, Input.Channels, _definition.Kernel * _definition.Kernel);
        var weights = parameters.PointerTo(_weight);
        _forward.Pack(weights, inputs * area, 0, inputs * area, 1, _forwardWeights.Pointer);
        _backward.Pack(weights, area, 1, outputs, inputs * area, _backwardWeights.Pointer);
        parameters[_bias].CopyTo(_biases.Span);
    }

    private float* PaddedInput(LayerBuffers buffers) =>
        _definition.Padding == 0 ? buffers.Input.Pointer : buffers.Scratch.Pointer;

    private void CopyIntoPadded(ReadOnlySpan<float> input, Span<float> padded)
    {
        var rowLength = Input.Width * Tile.Lanes;
        for (var row = 0; row < Input.Channels * Input.Height; row++)
        {
            var (channel, y) = (row / Input.Height, row % Input.Height);
            var target = (channel * _padded.Height + y + _definition.Padding) * _padded.Width + _definition.Padding;
            input.Slice(row * rowLength, rowLength).CopyTo(padded[(target * Tile.Lanes)..]);
        }
    }

    /// <summary>Terms in the order of the weights, (channel, row, column); a segment is one row of the kernel.</summary>
    private WeightedSumPlan ForwardPlan()
    {
        var kernel = _definition.Kernel;
        var segments = new Segment[Input.Channels * kernel];
        for (var i = 0; i < segments.Length; i++)
        {
            segments[i] = new Segment(_taps[i * kernel], i * kernel);
        }

        var positions = _corners.Select((corner, i) => new Position(corner, i * Tile.Lanes, 0, segments.Length));
        return new WeightedSumPlan(
            Output.Channels, _taps.Length, Output.Height * Output.Width * Tile.Lanes, kernel, Tile.Lanes,
            [.. positions], segments);
    }

    /// <summary>
    /// The gradient of an input pixel sums over the kernel's taps that reach an output from it; near the border, and
    /// between strides, those are fewer. A segment is one tap over all output channels.
    /// </summary>
    private WeightedSumPlan BackwardPlan()
    {
        var rows = Axis(Input.Height, Output.Height);
        var columns = Axis(Input.Width, Output.Width);
        var runs = new Dictionary<(int, int, int, int), int>();
        var segments = new List<Segment>();
        var positions = new List<Position>();
        for (var y = 0; y < Input.Height; y++)
        {
            for (var x = 0; x < Input.Width; x++)
            {
                var (row, column) = (rows[y], columns[x]);
                var key = (row.FirstTap, row.Taps, column.FirstTap, column.Taps);
                if (!runs.TryGetValue(key, out var first))
                {
                    runs.Add(key, first = segments.Count);
                    for (var i = 0; i < row.Taps; i++)
                    {
                        for (var j = 0; j < column.Taps; j++)
                        {
                            var tap = (row.FirstTap + i * _definition.Stride) * _definition.Kernel
                                + column.FirstTap + j * _definition.Stride;
                            segments.Add(new Segment(
                                -(i * Output.Width + j) * Tile.Lanes, tap * Output.Channels));
                        }
                    }
                }

                positions.Add(new Position(
                    (row.FirstOutput * Output.Width + column.FirstOutput) * Tile.Lanes,
                    (y * Input.Width + x) * Tile.Lanes, first, row.Taps * column.Taps));
            }
        }

        return new WeightedSumPlan(
            Input.Channels, Output.Channels * _definition.Kernel * _definition.Kernel,
            Input.Height * Input.Width * Tile.Lanes, Output.Channels, Output.Height * Output.Width * Tile.Lanes,
            [.. positions], [.. segments]);
    }

    /// <summary>
    /// For each input coordinate: the first kernel tap that meets an output, which output that is, and how many taps
    /// meet one; each next tap is a stride further and meets the output before.
    /// </summary>
    private (int FirstTap, int FirstOutput, int Taps)[] Axis(int inputs, int outputs)
    {
        var axis = new (int, int, int)[inputs];
        for (var at = 0; at < inputs; at++)
        {
            var taps = Enumerable.Range(0, _definition.Kernel)
                .Where(tap => (at + _definition.Padding - tap) % _definition.Stride == 0)
                .Where(tap => at + _definition.Padding - tap >= 0)
                .Where(tap => (at + _definition.Padding - tap) / _definition.Stride < outputs)
                .ToArray();
            axis[at] = taps.Length == 0
                ? (0, 0, 0)
                : (taps[0], (at + _definition.Padding - taps[0]) / _definition.Stride, taps.Length);
        }

        return axis;
    }
}
