using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace AdvFit.Learning.Networks.Layers;

/// <summary>Pooling over square windows without padding; a row or column that fills no window is left out.</summary>
public sealed record Pooling : LayerDefinition
{
    public Pooling(PoolingKind kind, int size, int? stride = null) => (Kind, Size, Stride) = (kind, size, stride ?? size);

    [Description("what it takes of a window")]
    public PoolingKind Kind { get; init; }

    [Description("rows and columns of a window"), Range(1, LargestWindow)]
    public int Size { get; init; }

    [Description("pixels from one window to the next; the size where not given"), Range(1, LargestWindow)]
    public int Stride { get; init; }

    public override ImageShape OutputShape(ImageShape input) =>
        Size > 0 && Stride > 0 && input.Height >= Size && input.Width >= Size
            ? new ImageShape(input.Channels, (input.Height - Size) / Stride + 1, (input.Width - Size) / Stride + 1)
            : throw new ArgumentException(
                $"{Kind} pooling of size {Size} and stride {Stride} does not fit an input of {input}.");

    internal override string Describe(ImageShape input) => $"{Kind.ToString().ToLowerInvariant()} pooling to {OutputShape(input)}";

    internal override Layer Create<TOps, TVector>(ImageShape input) => Kind == PoolingKind.Max
        ? new MaxPoolingLayer<TOps, TVector>(this, input)
        : new AveragePoolingLayer<TOps, TVector>(this, input);
}

/// <summary>What pooling takes of a window.</summary>
public enum PoolingKind
{
    Max,
    Average,
}
