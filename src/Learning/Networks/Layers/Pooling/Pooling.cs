using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace AdvFit.Learning.Networks.Layers;

/// <summary>Pooling over square windows; a row or column that fills no window is left out.</summary>
public sealed record Pooling : LayerDefinition
{
    public Pooling(PoolingKind kind, int size, int? stride = null) => (Kind, Size, Stride) = (kind, size, stride ?? size);

    [Description("what it takes of a window")]
    public PoolingKind Kind { get; init; }

    [Description("rows and columns of a window"), Range(1, LargestWindow)]
    public int Size { get; init; }

    [Description("pixels from one window to the next; the size where not given"), Range(1, LargestWindow)]
    public int Stride { get; init; }

    /// <summary>Never more than half of the size, as in PyTorch, so that every window holds a pixel.</summary>
    [Description("rows and columns of padding on each side: of a maximum it is never the largest, to an average it adds zeros")]
    [Range(0, LargestWindow)]
    public int Padding { get; init; }

    [Description("whether an average counts the padding, as PyTorch's does by default")]
    public bool CountIncludePad { get; init; } = true;

    public override ImageShape OutputShape(ImageShape input) =>
        Size > 0 && Stride > 0 && 2 * Padding <= Size && input.Height + 2 * Padding >= Size && input.Width + 2 * Padding >= Size
            ? new ImageShape(
                input.Channels, (input.Height + 2 * Padding - Size) / Stride + 1, (input.Width + 2 * Padding - Size) / Stride + 1)
            : throw new ArgumentException(
                $"{Kind} pooling of size {Size} and stride {Stride}{(Padding > 0 ? $" and padding {Padding}" : "")} does not fit an input of {input}.");

    /// <summary>Where the windows begin in the padded input.</summary>
    internal int[] Corners(ImageShape input) => SlidingWindow.Corners(Padded(input), OutputShape(input), Stride);

    /// <summary>The pixels of a window, from its first one.</summary>
    internal int[] Taps(ImageShape input) => SlidingWindow.Taps(Padded(input) with { Channels = 1 }, Size, Size);

    /// <summary>What the sum of a window is divided by, at each position of a channel.</summary>
    internal float[] Counts(ImageShape input)
    {
        var output = OutputShape(input);
        var counts = new float[output.Height * output.Width];
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = CountIncludePad
                ? Size * Size
                : Within(i / output.Width, input.Height) * Within(i % output.Width, input.Width);
        }

        return counts;

        int Within(int place, int length)
        {
            var start = place * Stride - Padding;
            return Math.Min(start + Size, length) - Math.Max(start, 0);
        }
    }

    private ImageShape Padded(ImageShape input) => new Layers.Padding(input, Padding, Padding).Padded;

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
