using AdvFit.Learning.Kernels;

namespace AdvFit.Learning.Networks;

/// <summary>Fully connected layer, see <see cref="Linear"/>.</summary>
internal sealed unsafe class LinearLayer : Layer
{
    private readonly ParameterShape _weight, _bias;
    private readonly WeightedSumPlan _forward, _backward, _gradient;
    private readonly AlignedBuffer _forwardWeights, _backwardWeights, _biases;

    public LinearLayer(Linear definition, ImageShape input)
        : base(input, definition.OutputShape(input))
    {
        (_weight, _bias) = (definition.Parameters(input)[0], definition.Parameters(input)[1]);
        var (inputs, outputs) = (input.Length, definition.Outputs);
        _forward = Product(outputs, inputs);
        _backward = Product(inputs, outputs);
        _gradient = GradientPlan(inputs, outputs);
        _forwardWeights = new AlignedBuffer(inputs * outputs);
        _backwardWeights = new AlignedBuffer(inputs * outputs);
        _biases = new AlignedBuffer(outputs);
    }

    public override int ScratchLength => TransposedLength + GradientLength + Output.Length * Tile.Lanes;

    /// <summary>The transposed input, [lane][input], rows no shorter than a tile is wide.</summary>
    private int TransposedLength => Tile.Lanes * RowLength;

    /// <summary>Room for the weight gradient where its rows are too short to be written in place.</summary>
    private int GradientLength => Input.Length < Tile.Lanes ? Output.Length * Tile.Lanes : 0;

    private int RowLength => Math.Max(Input.Length, Tile.Lanes);

    public override void Forward(LaneKernels kernels, LayerBuffers buffers) => kernels.WeightedSums(
        _forward, buffers.Input.Pointer, _forwardWeights.Pointer, _biases.Pointer, buffers.Output.Pointer);

    public override void BackwardInput(LaneKernels kernels, LayerBuffers buffers) => kernels.WeightedSums(
        _backward, buffers.OutputGradient.Pointer, _backwardWeights.Pointer, null, buffers.InputGradient.Pointer);

    /// <summary>
    /// Also a weighted sum, with the tile turned round: rows of inputs are weighted with the output gradients and summed
    /// over the lanes, first to last.
    /// </summary>
    public override void BackwardParameters(LaneKernels kernels, LayerBuffers buffers, Parameters gradients)
    {
        var transposed = buffers.Scratch.Pointer;
        var shortRows = transposed + TransposedLength;
        var packed = shortRows + GradientLength;
        Transpose(buffers.Input.Pointer, transposed);
        _gradient.Pack(
            buffers.OutputGradient.Pointer, Tile.Lanes, 0, Tile.Lanes, 1, packed);
        if (GradientLength == 0)
        {
            kernels.WeightedSums(_gradient, transposed, packed, null, gradients.PointerTo(_weight));
        }
        else
        {
            kernels.WeightedSums(_gradient, transposed, packed, null, shortRows);
            for (var output = 0; output < Output.Length; output++)
            {
                new Span<float>(shortRows + output * Tile.Lanes, Input.Length)
                    .CopyTo(gradients[_weight].Slice(output * Input.Length, Input.Length));
            }
        }

        var bias = gradients[_bias];
        for (var output = 0; output < Output.Length; output++)
        {
            bias[output] = kernels.RowSum(buffers.OutputGradient.Pointer + output * Tile.Lanes, 1, packed);
        }
    }

    public override void ParametersChanged(Parameters parameters)
    {
        var weights = parameters.PointerTo(_weight);
        _forward.Pack(weights, Input.Length, 0, Input.Length, 1, _forwardWeights.Pointer);
        _backward.Pack(weights, 1, 0, Output.Length, Input.Length, _backwardWeights.Pointer);
        parameters[_bias].CopyTo(_biases.Span);
    }

    /// <summary>outputs = weights * inputs, one position.</summary>
    private static WeightedSumPlan Product(int outputs, int inputs) => new(
        outputs, inputs, Tile.Lanes, inputs, Tile.Lanes, [new Position(0, 0, 0, 1)], [new Segment(0, 0)]);

    private WeightedSumPlan GradientPlan(int inputs, int outputs)
    {
        var positions = new List<Position>();
        for (var start = 0; start + Tile.Lanes <= RowLength; start += Tile.Lanes)
        {
            positions.Add(new Position(start, start, 0, 1));
        }

        if (RowLength % Tile.Lanes != 0)
        {
            // The last columns overlap those before, which come out the same again.
            positions.Add(new Position(RowLength - Tile.Lanes, RowLength - Tile.Lanes, 0, 1));
        }

        return new WeightedSumPlan(
            outputs, Tile.Lanes, RowLength, Tile.Lanes, RowLength, [.. positions], [new Segment(0, 0)]);
    }

    private void Transpose(float* rows, float* transposed)
    {
        for (var lane = 0; lane < Tile.Lanes; lane++)
        {
            var target = transposed + lane * RowLength;
            for (var input = 0; input < Input.Length; input++)
            {
                target[input] = rows[input * Tile.Lanes + lane];
            }
        }
    }
}
