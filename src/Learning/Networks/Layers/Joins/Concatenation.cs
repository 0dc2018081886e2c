using AdvFit.Learning.Kernels;

namespace AdvFit.Learning.Networks.Layers;

/// <summary>The channels of the first value, then those of the next, and so on.</summary>
public sealed record Concatenation : JoinDefinition
{
    /// <inheritdoc/>
    public override ImageShape OutputShape(IReadOnlyList<ImageShape> inputs)
    {
        var first = inputs[0];
        return inputs.FirstOrDefault(shape => (shape.Height, shape.Width) != (first.Height, first.Width)) is { Channels: > 0 } other
            ? throw new ArgumentException($"the channels of paths of {first} and {other} cannot be concatenated")
            : first with { Channels = inputs.Sum(shape => shape.Channels) };
    }

    internal override Layer Create<TOps, TVector>(ImageShape input, ImageShape output) =>
        new ConcatenationLayer(this, input, output);

    private protected override string DescribeJoin() => "concatenation";
}

/// <inheritdoc cref="Concatenation"/>
/// <remarks>Channels lie one behind the other, so that a path which ends here can write in place: then there is nothing to copy.</remarks>
internal sealed unsafe class ConcatenationLayer(Concatenation definition, ImageShape input, ImageShape output)
    : Layer(definition, input, output)
{
    public override void Forward(LayerBuffers buffers) => ForEachPart(buffers.Inputs, buffers.Output, static (input, part) =>
        input.Span.CopyTo(part));

    public override void BackwardInput(LayerBuffers buffers) =>
        ForEachPart(buffers.InputGradients, buffers.OutputGradient, static (gradient, part) => part.CopyTo(gradient.Span));

    private static void ForEachPart(AlignedBuffer[] parts, AlignedBuffer whole, Copy copy)
    {
        var offset = 0;
        foreach (var part in parts)
        {
            if (part.Pointer != whole.Pointer + offset)
            {
                copy(part, whole.Span.Slice(offset, part.Length));
            }

            offset += part.Length;
        }
    }

    private delegate void Copy(AlignedBuffer part, Span<float> ofWhole);
}
