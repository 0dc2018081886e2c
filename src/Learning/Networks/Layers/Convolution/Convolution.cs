using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace AdvFit.Learning.Networks.Layers;

/// <summary>2-D convolution (cross-correlation, as in PyTorch) with a rectangular kernel and zero padding.</summary>
public sealed record Convolution(
    string Name,
    [property: Description("output channels"), Range(1, LayerDefinition.LargestSize)] int Channels,
    [property: Description("rows of the kernel, and its columns unless those are given"), Range(1, LayerDefinition.LargestWindow)] int Kernel,
    [property: Description("pixels from one window to the next"), Range(1, LayerDefinition.LargestWindow)] int Stride = 1,
    [property: Description("zeros above and below, and at the sides unless those are given"), Range(0, LayerDefinition.LargestWindow)] int Padding = 0,
    [property: Description("columns of the kernel"), Range(1, LayerDefinition.LargestWindow)] int? KernelColumns = null,
    [property: Description("zeros at the left and right"), Range(0, LayerDefinition.LargestWindow)] int? PaddingColumns = null,
    [property: Description("whether a bias is added to each channel")] bool Bias = true)
    : WeightedLayerDefinition(Name)
{
    /// <summary>Rows and columns of the kernel.</summary>
    internal (int Rows, int Columns) Window => (Kernel, KernelColumns ?? Kernel);

    /// <summary>Zeros above and below, and at the left and right.</summary>
    internal (int Rows, int Columns) Border => (Padding, PaddingColumns ?? Padding);

    private protected override bool HasBias => Bias;

    public override ImageShape OutputShape(ImageShape input)
    {
        var (height, width) = (Size(input.Height, Window.Rows, Border.Rows), Size(input.Width, Window.Columns, Border.Columns));
        return Channels > 0 && Stride > 0 && height > 0 && width > 0
            ? new ImageShape(Channels, height, width)
            : throw new ArgumentException(
                $"{Name}: a convolution of {Channels} channels, kernel {Text(Window)}, stride {Stride} and padding {Text(Border)} does not fit an input of {input}.");

        int Size(int length, int kernel, int padding) =>
            kernel <= 0 || padding < 0 || length + 2 * padding < kernel ? 0 : (length + 2 * padding - kernel) / Math.Max(Stride, 1) + 1;

        static string Text((int Rows, int Columns) size) => size.Rows == size.Columns ? $"{size.Rows}" : $"{size.Rows}x{size.Columns}";
    }

    protected override int[] WeightShape(ImageShape input) => [Channels, input.Channels, Window.Rows, Window.Columns];

    internal override string Describe(ImageShape input) =>
        $"{Name}, {Window.Rows}x{Window.Columns}{(Stride > 1 ? $" stride {Stride}" : "")} to {OutputShape(input)}";

    internal override Layer Create<TOps, TVector>(ImageShape input) => new ConvolutionLayer<TOps, TVector>(this, input);
}
