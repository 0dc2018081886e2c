using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace AdvFit.Learning.Networks.Layers;

/// <summary>
/// Dropout (Srivastava et al. 2014), as PyTorch's: in training a share of the values is set to 0 and the others are scaled to
/// make up for it; otherwise nothing happens.
/// </summary>
public sealed record Dropout(
    [property: Description("share of the values that is dropped"), Range(0.0, 1, MaximumIsExclusive = true)] double Share)
    : LayerDefinition
{
    /// <inheritdoc/>
    public override bool InPlace => true;

    /// <inheritdoc/>
    public override ImageShape OutputShape(ImageShape input) => input;

    internal override string Describe(ImageShape input) => $"dropout on {input}";

    internal override Layer Create<TOps, TVector>(ImageShape input) => new DropoutLayer(this, input);
}

/// <inheritdoc cref="Dropout"/>
internal sealed class DropoutLayer(Dropout definition, ImageShape shape) : Layer(definition, shape)
{
    /// <summary>What each value is multiplied by, from forward to backward.</summary>
    public override int ScratchLength(int workers) => Input.Length * Kernels.Tile.Lanes;

    public override void Forward(LayerBuffers buffers)
    {
    }

    public override void BackwardInput(LayerBuffers buffers)
    {
    }

    /// <summary>The draws come from the step's stream, image by image.</summary>
    public override void Forward(TrainingBatch batch)
    {
        var tiles = batch.Of(this);
        var kept = (float)(1 / (1 - definition.Share));
        for (var tile = 0; tile < tiles.Length; tile++)
        {
            var factors = tiles[tile].Scratch.Span;
            for (var lane = 0; lane < batch.UsedLanes(tile); lane++)
            {
                for (var at = lane; at < factors.Length; at += Kernels.Tile.Lanes)
                {
                    factors[at] = batch.Draws.NextSingle() < definition.Share ? 0 : kept;
                }
            }

            Multiply(tiles[tile].Output.Span, factors);
        }
    }

    public override void BackwardInput(TrainingBatch batch)
    {
        foreach (var buffers in batch.Of(this))
        {
            Multiply(buffers.OutputGradient.Span, buffers.Scratch.Span);
        }
    }

    private static void Multiply(Span<float> values, ReadOnlySpan<float> factors)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] *= factors[i];
        }
    }
}
