using AdvFit.Learning.Kernels;

namespace AdvFit.Learning.Networks.Layers;

/// <summary>Where one tile's values of one layer lie: rows of 32 lanes, [channel][row][column][lane].</summary>
/// <param name="Inputs">The layer's inputs, which are outputs of layers before; one unless it joins paths.</param>
/// <param name="Output">The layer's output; the input itself for a layer that works in place.</param>
/// <param name="InputGradients">Derivatives by the inputs; room for them even where nobody wants them.</param>
/// <param name="OutputGradient">Derivatives by the output.</param>
/// <param name="Scratch">Room of <see cref="Layer.ScratchLength"/> floats, kept from forward to backward.</param>
/// <param name="Workers">The threads that share the work.</param>
internal sealed record LayerBuffers(
    AlignedBuffer[] Inputs, AlignedBuffer Output, AlignedBuffer[] InputGradients, AlignedBuffer OutputGradient,
    AlignedBuffer Scratch, Workers Workers)
{
    /// <summary>The first input.</summary>
    public AlignedBuffer Input => Inputs[0];

    /// <summary>Derivatives by the first input.</summary>
    public AlignedBuffer InputGradient => InputGradients[0];
}

/// <summary>
/// A layer ready to run: tables of offsets and weights in the kernels' order. Its weights change only through
/// <see cref="ParametersChanged"/>; otherwise it is immutable and shared by all tiles.
/// </summary>
internal abstract class Layer(LayerDefinition definition, ImageShape input, ImageShape output)
{
    protected Layer(LayerDefinition definition, ImageShape input)
        : this(definition, input, definition.OutputShape(input))
    {
    }

    public LayerDefinition Definition { get; } = definition;

    /// <summary>Shape of the first input.</summary>
    public ImageShape Input { get; } = input;

    public ImageShape Output { get; } = output;

    /// <summary>Floats of scratch per tile.</summary>
    /// <param name="workers">Threads that share the work on it.</param>
    public virtual int ScratchLength(int workers) => 0;

    public abstract void Forward(LayerBuffers buffers);

    /// <summary>Fills the input gradients from the output gradient.</summary>
    public abstract void BackwardInput(LayerBuffers buffers);

    /// <summary>Overwrites this layer's part of <paramref name="gradients"/> with the sums over the tile's lanes.</summary>
    public virtual void BackwardParameters(LayerBuffers buffers, Parameters gradients)
    {
    }

    /// <summary>Takes over new weights.</summary>
    public virtual void ParametersChanged(Parameters parameters)
    {
    }

    /// <summary>The forward pass of a training step; by default that of each tile.</summary>
    public virtual void Forward(TrainingBatch batch)
    {
        foreach (var buffers in batch.Of(this))
        {
            Forward(buffers);
        }
    }

    /// <summary>The backward pass of a training step; by default that of each tile.</summary>
    public virtual void BackwardInput(TrainingBatch batch)
    {
        foreach (var buffers in batch.Of(this))
        {
            BackwardInput(buffers);
        }
    }

    /// <summary>Overwrites this layer's part of the batch's gradients with the sums over its images.</summary>
    public virtual void BackwardParameters(TrainingBatch batch)
    {
        var tiles = batch.Of(this);
        for (var tile = 0; tile < tiles.Length; tile++)
        {
            BackwardParameters(tiles[tile], tile == 0 ? batch.Gradients : batch.TileGradients);
            if (tile > 0)
            {
                foreach (var parameter in Definition.Parameters(Input))
                {
                    Sums.Add(batch.TileGradients[parameter], batch.Gradients[parameter]);
                }
            }
        }
    }
}
