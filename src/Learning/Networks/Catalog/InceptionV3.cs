using System.Collections.Immutable;
using AdvFit.Learning.Networks.Layers;

namespace AdvFit.Learning.Networks.Catalog;

/// <summary>
/// Inception-v3 (Szegedy et al. 2016, arXiv:1512.00567) for images of at least 75 x 75 pixels, with torchvision's names, shapes
/// and initialisation, without the auxiliary head.
/// </summary>
internal static class InceptionV3
{
    private static readonly Activation Relu = new(ActivationKind.Relu);

    private static readonly Pooling Reduction = new(PoolingKind.Max, 3, 2);

    private static readonly Pooling Mean = new(PoolingKind.Average, 3, 1) { Padding = 1 };

    public static NamedNetwork Network { get; } = new("inception-v3", (input, classes) =>
        input is { Height: >= 75, Width: >= 75 }
            ?
            [
                .. Convolve("Conv2d_1a_3x3", 32, 3, stride: 2), .. Convolve("Conv2d_2a_3x3", 32, 3),
                .. Convolve("Conv2d_2b_3x3", 64, 3, padding: 1), Reduction,
                .. Convolve("Conv2d_3b_1x1", 80, 1), .. Convolve("Conv2d_4a_3x3", 192, 3), Reduction,
                BlockA("Mixed_5b", 32), BlockA("Mixed_5c", 64), BlockA("Mixed_5d", 64),
                BlockB("Mixed_6a"),
                BlockC("Mixed_6b", 128), BlockC("Mixed_6c", 160), BlockC("Mixed_6d", 160), BlockC("Mixed_6e", 192),
                BlockD("Mixed_7a"),
                BlockE("Mixed_7b"), BlockE("Mixed_7c"),
                new GlobalAveragePooling(), new Dropout(0.5),
                new Linear("fc", classes) { InitialWeight = TruncatedNormal },
            ]
            : throw new ArgumentException($"inception-v3 takes images of at least 75 x 75 pixels, not {input}."));

    /// <summary>Figure 5 of the paper, with two 3x3 convolutions in place of one 5x5.</summary>
    private static Branches BlockA(string name, int pooled) => Concatenate(
        Convolve($"{name}.branch1x1", 64, 1),
        [.. Convolve($"{name}.branch5x5_1", 48, 1), .. Convolve($"{name}.branch5x5_2", 64, 5, padding: 2)],
        [
            .. Convolve($"{name}.branch3x3dbl_1", 64, 1), .. Convolve($"{name}.branch3x3dbl_2", 96, 3, padding: 1),
            .. Convolve($"{name}.branch3x3dbl_3", 96, 3, padding: 1),
        ],
        [Mean, .. Convolve($"{name}.branch_pool", pooled, 1)]);

    /// <summary>Halves rows and columns (Figure 10).</summary>
    private static Branches BlockB(string name) => Concatenate(
        Convolve($"{name}.branch3x3", 384, 3, stride: 2),
        [
            .. Convolve($"{name}.branch3x3dbl_1", 64, 1), .. Convolve($"{name}.branch3x3dbl_2", 96, 3, padding: 1),
            .. Convolve($"{name}.branch3x3dbl_3", 96, 3, stride: 2),
        ],
        [Reduction]);

    /// <summary>7x7 convolutions as 1x7 behind 7x1 (Figure 6).</summary>
    private static Branches BlockC(string name, int inner) => Concatenate(
        Convolve($"{name}.branch1x1", 192, 1),
        [
            .. Convolve($"{name}.branch7x7_1", inner, 1), .. Row($"{name}.branch7x7_2", inner, 7),
            .. Column($"{name}.branch7x7_3", 192, 7),
        ],
        [
            .. Convolve($"{name}.branch7x7dbl_1", inner, 1), .. Column($"{name}.branch7x7dbl_2", inner, 7),
            .. Row($"{name}.branch7x7dbl_3", inner, 7), .. Column($"{name}.branch7x7dbl_4", inner, 7),
            .. Row($"{name}.branch7x7dbl_5", 192, 7),
        ],
        [Mean, .. Convolve($"{name}.branch_pool", 192, 1)]);

    /// <summary>Halves rows and columns once more.</summary>
    private static Branches BlockD(string name) => Concatenate(
        [.. Convolve($"{name}.branch3x3_1", 192, 1), .. Convolve($"{name}.branch3x3_2", 320, 3, stride: 2)],
        [
            .. Convolve($"{name}.branch7x7x3_1", 192, 1), .. Row($"{name}.branch7x7x3_2", 192, 7),
            .. Column($"{name}.branch7x7x3_3", 192, 7), .. Convolve($"{name}.branch7x7x3_4", 192, 3, stride: 2),
        ],
        [Reduction]);

    /// <summary>Wide rather than deep, for the coarsest grid (Figure 7).</summary>
    private static Branches BlockE(string name) => Concatenate(
        Convolve($"{name}.branch1x1", 320, 1),
        [
            .. Convolve($"{name}.branch3x3_1", 384, 1),
            Concatenate(Row($"{name}.branch3x3_2a", 384, 3), Column($"{name}.branch3x3_2b", 384, 3)),
        ],
        [
            .. Convolve($"{name}.branch3x3dbl_1", 448, 1), .. Convolve($"{name}.branch3x3dbl_2", 384, 3, padding: 1),
            Concatenate(Row($"{name}.branch3x3dbl_3a", 384, 3), Column($"{name}.branch3x3dbl_3b", 384, 3)),
        ],
        [Mean, .. Convolve($"{name}.branch_pool", 192, 1)]);

    private static Branches Concatenate(params ImmutableArray<ImmutableArray<LayerDefinition>> paths) =>
        new(new Concatenation(), paths);

    /// <summary>1 x length, keeping the size.</summary>
    private static ImmutableArray<LayerDefinition> Row(string name, int channels, int length) =>
        Normalised(new Convolution($"{name}.conv", channels, 1, KernelColumns: length, PaddingColumns: length / 2, Bias: false), name);

    /// <summary>length x 1, keeping the size.</summary>
    private static ImmutableArray<LayerDefinition> Column(string name, int channels, int length) => Normalised(
        new Convolution(
            $"{name}.conv", channels, length, Padding: length / 2, KernelColumns: 1, PaddingColumns: 0, Bias: false),
        name);

    private static ImmutableArray<LayerDefinition> Convolve(string name, int channels, int kernel, int stride = 1, int padding = 0) =>
        Normalised(new Convolution($"{name}.conv", channels, kernel, stride, padding, Bias: false), name);

    private static ImmutableArray<LayerDefinition> Normalised(Convolution convolution, string name) =>
        [convolution with { InitialWeight = TruncatedNormal }, new BatchNormalization($"{name}.bn", 0.001), Relu];

    private static Initialization.Normal TruncatedNormal(int[] shape) => new Initialization.Normal(0.1, Limit: 2);
}
