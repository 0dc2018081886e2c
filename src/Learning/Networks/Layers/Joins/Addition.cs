using System.Runtime.CompilerServices;
using AdvFit.Learning.Kernels;

namespace AdvFit.Learning.Networks.Layers;

/// <summary>The elementwise sum of values of one shape, as the shortcuts of residual networks need it (He et al. 2016).</summary>
public sealed record Addition : JoinDefinition
{
    /// <inheritdoc/>
    public override ImageShape OutputShape(IReadOnlyList<ImageShape> inputs) =>
        inputs.FirstOrDefault(shape => shape != inputs[0]) is { Channels: > 0 } other
            ? throw new ArgumentException($"paths of {inputs[0]} and {other} cannot be added")
            : inputs[0];

    internal override Layer Create<TOps, TVector>(ImageShape input, ImageShape output) =>
        new AdditionLayer<TOps, TVector>(this, output);

    private protected override string DescribeJoin() => "addition";
}

/// <inheritdoc cref="Addition"/>
internal sealed unsafe class AdditionLayer<TOps, TVector>(Addition definition, ImageShape shape) : Layer(definition, shape, shape)
    where TOps : struct, ILaneOperations<TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(LayerBuffers buffers)
    {
        buffers.Inputs[0].Span.CopyTo(buffers.Output.Span);
        foreach (var input in buffers.Inputs[1..])
        {
            Sums.Add<TOps, TVector>(input, buffers.Output);
        }
    }

    public override void BackwardInput(LayerBuffers buffers)
    {
        foreach (var gradient in buffers.InputGradients)
        {
            buffers.OutputGradient.Span.CopyTo(gradient.Span);
        }
    }
}
