using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace AdvFit.Learning.Networks.Layers;

/// <summary>2-D convolution (cross-correlation, as in PyTorch) with a square kernel, zero padding and a bias.</summary>
public sealed record Convolution(
    string Name,
    [property: Description("output channels"), Range(1, LayerDefinition.LargestSize)] int Channels,
    [property: Description("rows and columns of the kernel"), Range(1, LayerDefinition.LargestWindow)] int Kernel,
    [property: Description("pixels from one window to the next"), Range(1, LayerDefinition.LargestWindow)] int Stride = 1,
    [property: Description("zeros on each side"), Range(0, LayerDefinition.LargestWindow)] int Padding = 0)
    : WeightedLayerDefinition(Name)
{
    public override ImageShape OutputShape(ImageShape input)
    {
        var (height, width) = (Size(input.Height), Size(input.Width));
        return Channels > 0 && Kernel > 0 && Stride > 0 && Padding >= 0 && height > 0 && width > 0
            ? new ImageShape(Channels, height, width)
            : throw new ArgumentException(
                $"{Name}: a convolution of {Channels} channels, kernel {Kernel}, stride {Stride} and padding {Padding} does not fit an input of {input}.");

        int Size(int length) => length + 2 * Padding < Kernel ? 0 : (length + 2 * Padding - Kernel) / Math.Max(Stride, 1) + 1;
    }

    protected override int[] WeightShape(ImageShape input) => [Channels, input.Channels, Kernel, Kernel];

    internal override string Describe(ImageShape input) => $"{Name}, {Kernel}x{Kernel} to {OutputShape(input)}";

    internal override Layer Create<TOps, TVector>(ImageShape input) => new ConvolutionLayer<TOps, TVector>(this, input);
}
