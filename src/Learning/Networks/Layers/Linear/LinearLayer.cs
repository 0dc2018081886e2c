using System.Runtime.Intrinsics;
using AdvFit.Learning.Kernels;

namespace AdvFit.Learning.Networks.Layers;

/// <summary>Fully connected layer, see <see cref="Linear"/>.</summary>
internal sealed unsafe class LinearLayer<TOps, TVector> : Layer
    where TOps : struct, ILaneOperations<TVector>
    where TVector : struct
{
    private readonly ParameterShape _weight, _bias;
    private readonly WeightedSumPlan _forward, _backward, _gradient;
    private readonly AlignedBuffer _weights, _biases;

    public LinearLayer(Linear definition, ImageShape input)
        : base(definition, input)
    {
        (_weight, _bias) = (definition.Parameters(input)[0], definition.Parameters(input)[1]);
        var (inputs, outputs) = (input.Length, definition.Outputs);
        _forward = Product(outputs, inputs, inputs, 1);
        _backward = Product(inputs, outputs, 1, inputs);
        _gradient = GradientPlan(inputs, outputs);
        _weights = new AlignedBuffer(inputs * outputs);
        _biases = new AlignedBuffer(outputs);
    }

    public override int ScratchLength(int workers) => TransposedLength + GradientLength;

    /// <summary>The transposed input, [lane][input], rows no shorter than a tile is wide.</summary>
    private int TransposedLength => Tile.Lanes * RowLength;

    /// <summary>Room for the weight gradient where its rows are too short to be written in place.</summary>
    private int GradientLength => Input.Length < Tile.Lanes ? Output.Length * Tile.Lanes : 0;

    private int RowLength => Math.Max(Input.Length, Tile.Lanes);

    public override void Forward(LayerBuffers buffers) => WeightedSums<TOps, TVector>.Run(
        buffers.Workers, _forward, buffers.Input.Pointer, _weights.Pointer, _biases.Pointer, buffers.Output.Pointer);

    public override void BackwardInput(LayerBuffers buffers) => WeightedSums<TOps, TVector>.Run(
        buffers.Workers, _backward, buffers.OutputGradient.Pointer, _weights.Pointer, null, buffers.InputGradient.Pointer);

    /// <summary>
    /// Also a weighted sum, with the tile turned round: rows of inputs are weighted with the output gradients and summed
    /// over the lanes, first to last.
    /// </summary>
    public override void BackwardParameters(LayerBuffers buffers, Parameters gradients)
    {
        var transposed = buffers.Scratch.Pointer;
        var shortRows = transposed + TransposedLength;
        Transpose(buffers.Input.Pointer, transposed);
        if (GradientLength == 0)
        {
            WeightedSums<TOps, TVector>.Run(
                buffers.Workers, _gradient, transposed, buffers.OutputGradient.Pointer, null, gradients.PointerTo(_weight));
        }
        else
        {
            WeightedSums<TOps, TVector>.Run(
                buffers.Workers, _gradient, transposed, buffers.OutputGradient.Pointer, null, shortRows);
            for (var output = 0; output < Output.Length; output++)
            {
                new Span<float>(shortRows + output * Tile.Lanes, Input.Length)
                    .CopyTo(gradients[_weight].Slice(output * Input.Length, Input.Length));
            }
        }

        var bias = gradients[_bias];
        for (var output = 0; output < Output.Length; output++)
        {
            bias[output] = LaneSums<TOps, TVector>.OfRows(
                buffers.OutputGradient.Pointer + output * Tile.Lanes, 1, transposed);
        }
    }

    public override void ParametersChanged(Parameters parameters)
    {
        parameters[_weight].CopyTo(_weights.Span);
        parameters[_bias].CopyTo(_biases.Span);
    }

    /// <summary>outputs = weights * inputs, one position.</summary>
    private static WeightedSumPlan Product(int outputs, int inputs, int channelStride, int termStride) => new(
        outputs, inputs, Tile.Lanes, inputs, Tile.Lanes, [new Position(0, 0, 0, 1)], [new Segment(0, 0)], channelStride,
        termStride);

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
            outputs, Tile.Lanes, RowLength, Tile.Lanes, RowLength, [.. positions], [new Segment(0, 0)],
            channelStride: Tile.Lanes, termStride: 1);
    }

    private void Transpose(float* rows, float* transposed)
    {
        // Four lanes at a time: a row's four floats are loaded as one, and four rows of the result are written in step.
        for (var lane = 0; lane < Tile.Lanes; lane += 4)
        {
            var target = transposed + lane * RowLength;
            for (var input = 0; input < Input.Length; input++, target++)
            {
                var four = Vector128.Load(rows + input * Tile.Lanes + lane);
                target[0] = four[0];
                target[RowLength] = four[1];
                target[2 * RowLength] = four[2];
                target[3 * RowLength] = four[3];
            }
        }
    }
}
