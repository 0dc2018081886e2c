using AdvFit.Learning.Kernels;

namespace AdvFit.Learning.Networks.Layers;

/// <summary>Convolution, see <see cref="Convolution"/>.</summary>
internal sealed unsafe class ConvolutionLayer<TOps, TVector> : Layer
    where TOps : struct, ILaneOperations<TVector>
    where TVector : struct
{
    private readonly Convolution _definition;
    private readonly ParameterShape _weight;
    private readonly ParameterShape? _bias;
    private readonly Padding _padding;
    private readonly WeightedSumPlan _forward, _backward;
    private readonly int[] _corners, _taps;
    private readonly AlignedBuffer _forwardWeights, _backwardWeights, _biases;

    public ConvolutionLayer(Convolution definition, ImageShape input)
        : base(definition, input)
    {
        _definition = definition;
        var parameters = definition.Parameters(input);
        (_weight, _bias) = (parameters[0], parameters.ElementAtOrDefault(1));
        _padding = new Padding(input, definition.Border.Rows, definition.Border.Columns);
        _corners = SlidingWindow.Corners(_padding.Padded with { Channels = 1 }, Output, definition.Stride);
        _taps = SlidingWindow.Taps(_padding.Padded, definition.Window.Rows, definition.Window.Columns);
        _forward = ForwardPlan();
        _backward = BackwardPlan();
        _forwardWeights = new AlignedBuffer(_forward.PackedLength);
        _backwardWeights = new AlignedBuffer(_backward.PackedLength);
        _biases = new AlignedBuffer(definition.Channels);
    }

    /// <summary>The padded copy of the input comes first; its border stays zero.</summary>
    public override int ScratchLength(int workers) => _padding.Length
        + workers * Math.Max(ConvolutionGradient<TOps, TVector>.ScratchLength(_taps.Length), Tile.Lanes);

    public override void Forward(LayerBuffers buffers)
    {
        if (!_padding.IsEmpty)
        {
            _padding.Fill(buffers.Input.Span, buffers.Scratch.Span);
        }

        WeightedSums<TOps, TVector>.Run(
            buffers.Workers, _forward, PaddedInput(buffers), _forwardWeights.Pointer, _biases.Pointer, buffers.Output.Pointer);
    }

    public override void BackwardInput(LayerBuffers buffers) => WeightedSums<TOps, TVector>.Run(
        buffers.Workers, _backward, buffers.OutputGradient.Pointer, _backwardWeights.Pointer, null, buffers.InputGradient.Pointer);

    public override void BackwardParameters(LayerBuffers buffers, Parameters gradients) =>
        ConvolutionGradient<TOps, TVector>.Run(
            buffers.Workers, _forward, _corners, _taps, PaddedInput(buffers), buffers.OutputGradient.Pointer,
            buffers.Scratch.Pointer + _padding.Length, gradients.PointerTo(_weight),
            _bias is null ? null : gradients.PointerTo(_bias));

    public override void ParametersChanged(Parameters parameters)
    {
        var (outputs, inputs, area) = (Output.Channels, Input.Channels, _definition.Window.Rows * _definition.Window.Columns);
        var weights = parameters.PointerTo(_weight);
        _forward.Pack(weights, inputs * area, 0, inputs * area, 1, _forwardWeights.Pointer);
        _backward.Pack(weights, area, 1, outputs, inputs * area, _backwardWeights.Pointer);
        if (_bias is not null)
        {
            parameters[_bias].CopyTo(_biases.Span);
        }
    }

    private float* PaddedInput(LayerBuffers buffers) =>
        _padding.IsEmpty ? buffers.Input.Pointer : buffers.Scratch.Pointer;

    /// <summary>
    /// Terms in the order of the weights, (channel, row, column). A segment is one row of the kernel; of a kernel of one pixel,
    /// it is all channels.
    /// </summary>
    private WeightedSumPlan ForwardPlan()
    {
        var (depth, pitch) = _definition.Window == (1, 1) && _padding.IsEmpty
            ? (Input.Channels, Input.Height * Input.Width * Tile.Lanes)
            : (_definition.Window.Columns, Tile.Lanes);
        var segments = new Segment[_taps.Length / depth];
        for (var i = 0; i < segments.Length; i++)
        {
            segments[i] = new Segment(_taps[i * depth], i * depth);
        }

        var positions = _corners.Select((corner, i) => new Position(corner, i * Tile.Lanes, 0, segments.Length));
        return new WeightedSumPlan(
            Output.Channels, _taps.Length, Output.Height * Output.Width * Tile.Lanes, depth, pitch,
            [.. positions], segments);
    }

    /// <summary>
    /// The gradient of an input pixel sums over the kernel's taps that reach an output from it; near the border, and
    /// between strides, those are fewer. A segment is one tap over all output channels.
    /// </summary>
    private WeightedSumPlan BackwardPlan()
    {
        var rows = Axis(Input.Height, Output.Height, _definition.Window.Rows, _definition.Border.Rows);
        var columns = Axis(Input.Width, Output.Width, _definition.Window.Columns, _definition.Border.Columns);
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
                            var tap = (row.FirstTap + i * _definition.Stride) * _definition.Window.Columns
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
            Input.Channels, Output.Channels * _definition.Window.Rows * _definition.Window.Columns,
            Input.Height * Input.Width * Tile.Lanes, Output.Channels, Output.Height * Output.Width * Tile.Lanes,
            [.. positions], [.. segments]);
    }

    /// <summary>
    /// For each input coordinate: the first kernel tap that meets an output, which output that is, and how many taps
    /// meet one; each next tap is a stride further and meets the output before.
    /// </summary>
    private (int FirstTap, int FirstOutput, int Taps)[] Axis(int inputs, int outputs, int kernel, int padding)
    {
        var axis = new (int, int, int)[inputs];
        for (var at = 0; at < inputs; at++)
        {
            var taps = Enumerable.Range(0, kernel)
                .Where(tap => (at + padding - tap) % _definition.Stride == 0)
                .Where(tap => at + padding - tap >= 0)
                .Where(tap => (at + padding - tap) / _definition.Stride < outputs)
                .ToArray();
            axis[at] = taps.Length == 0
                ? (0, 0, 0)
                : (taps[0], (at + padding - taps[0]) / _definition.Stride, taps.Length);
        }

        return axis;
    }
}
