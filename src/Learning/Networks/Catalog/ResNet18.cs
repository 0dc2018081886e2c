using System.Collections.Immutable;
using AdvFit.Learning.Networks.Layers;

namespace AdvFit.Learning.Networks.Catalog;

/// <summary>
/// ResNet-18 (He et al. 2016, arXiv:1512.03385, table 1), with torchvision's names, shapes and initialisation; and the form
/// for small images that CIFAR-10 papers use, whose stem is one 3x3 convolution.
/// </summary>
internal static class ResNet18
{
    private static readonly Activation Relu = new(ActivationKind.Relu);

    public static NamedNetwork Network { get; } = new("resnet18", (_, classes) =>
    [
        Convolve("conv1", 64, 7, stride: 2), new BatchNormalization("bn1"), Relu,
        new Pooling(PoolingKind.Max, 3, 2) { Padding = 1 }, .. Body(classes),
    ]);

    public static NamedNetwork ForSmallImages { get; } = new("resnet18-small", (_, classes) =>
        [Convolve("conv1", 64, 3, stride: 1), new BatchNormalization("bn1"), Relu, .. Body(classes)]);

    private static IEnumerable<LayerDefinition> Body(int classes) =>
    [
        .. Block("layer1.0", 64, 1, isProjected: false), .. Block("layer1.1", 64, 1, isProjected: false),
        .. Block("layer2.0", 128, 2, isProjected: true), .. Block("layer2.1", 128, 1, isProjected: false),
        .. Block("layer3.0", 256, 2, isProjected: true), .. Block("layer3.1", 256, 1, isProjected: false),
        .. Block("layer4.0", 512, 2, isProjected: true), .. Block("layer4.1", 512, 1, isProjected: false),
        new GlobalAveragePooling(), new Linear("fc", classes),
    ];

    /// <summary>Two convolutions beside a shortcut, which is a convolution of single pixels where the shape changes.</summary>
    private static IEnumerable<LayerDefinition> Block(string name, int channels, int stride, bool isProjected)
    {
        ImmutableArray<LayerDefinition> residual =
        [
            Convolve($"{name}.conv1", channels, 3, stride), new BatchNormalization($"{name}.bn1"), Relu,
            Convolve($"{name}.conv2", channels, 3, stride: 1), new BatchNormalization($"{name}.bn2"),
        ];
        ImmutableArray<LayerDefinition> shortcut = isProjected
            ? [Convolve($"{name}.downsample.0", channels, 1, stride), new BatchNormalization($"{name}.downsample.1")]
            : [];
        return [new Branches(new Addition(), [residual, shortcut]), Relu];
    }

    /// <summary>Without a bias, which the normalisation behind it would take away; weights after He et al. (2015), by fan out.</summary>
    private static Convolution Convolve(string name, int channels, int kernel, int stride) =>
        new(name, channels, kernel, stride, kernel / 2, Bias: false)
        {
            InitialWeight = shape => new Initialization.Normal(Math.Sqrt(2.0 / (shape[0] * shape[2] * shape[3]))),
        };
}
