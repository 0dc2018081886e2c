using AdvFit.Learning.Kernels;

namespace AdvFit.Learning.Networks.Layers;

/// <summary>Where one tile's values of one layer lie: rows of 32 lanes, [channel][row][column][lane].</summary>
/// <param name="Input">The layer's input, which is the output of the layer before.</param>
/// <param name="Output">The layer's output; the input itself for a layer that works in place.</param>
/// <param name="InputGradient">Derivatives by the input; room for them even where nobody wants them.</param>
/// <param name="OutputGradient">Derivatives by the output.</param>
/// <param name="Scratch">Room of <see cref="Layer.ScratchLength"/> floats, kept from forward to backward.</param>
internal sealed record LayerBuffers(
    AlignedBuffer Input, AlignedBuffer Output, AlignedBuffer InputGradient, AlignedBuffer OutputGradient,
    AlignedBuffer Scratch);

/// <summary>
/// A layer ready to run: tables of offsets and weights in the kernels' order. Its weights change only through
/// <see cref="ParametersChanged"/>; otherwise it is immutable and shared by all tiles.
/// </summary>
internal abstract class Layer(LayerDefinition definition, ImageShape input)
{
    public LayerDefinition Definition { get; } = definition;

    public ImageShape Input { get; } = input;

    public ImageShape Output { get; } = definition.OutputShape(input);

    /// <summary>Floats of scratch per tile.</summary>
    public virtual int ScratchLength => 0;

    public abstract void Forward(LayerBuffers buffers);

    /// <summary>Fills the input gradient from the output gradient.</summary>
    public abstract void BackwardInput(LayerBuffers buffers);

    /// <summary>Overwrites this layer's part of <paramref name="gradients"/> with the sums over the tile's lanes.</summary>
    public virtual void BackwardParameters(LayerBuffers buffers, Parameters gradients)
    {
    }

    /// <summary>Takes over new weights.</summary>
    public virtual void ParametersChanged(Parameters parameters)
    {
    }
}
