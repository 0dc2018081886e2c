using AdvFit.Learning.Networks;
using AdvFit.Learning.Networks.Layers;
using AdvFit.Learning.Randomness;

namespace AdvFit.Learning.Tests.Networks;

/// <summary>Networks and inputs that several tests share.</summary>
internal static class TestNetworks
{
    /// <summary>
    /// Strides, paddings, overlapping and lossy pooling, tanh, odd channel counts, a linear layer with few inputs.
    /// </summary>
    public static NetworkDefinition EveryLayer { get; } = new(
        "every-layer", new ImageShape(3, 11, 11),
        [
            new Convolution("conv1", 5, 3, Stride: 2, Padding: 1), new Activation(ActivationKind.Tanh),
            new Pooling(PoolingKind.Max, 3, 1),
            new Convolution("conv2", 7, 4, Stride: 3, Padding: 2), new Activation(ActivationKind.Relu),
            new Pooling(PoolingKind.Average, 2, 1),
            new Linear("fc1", 13), new Activation(ActivationKind.Tanh), new Linear("fc2", 3),
        ]);

    /// <summary>Normalised over the batch, with paths that are added and concatenated, and dropout.</summary>
    public static NetworkDefinition Branched { get; } = new(
        "branched", new ImageShape(3, 9, 7),
        [
            new Convolution("conv1", 6, 3, Padding: 1, Bias: false), new BatchNormalization("bn1"), new Activation(ActivationKind.Tanh),
            new Branches(new Addition(), [[new Convolution("conv2", 6, 1, KernelColumns: 3, PaddingColumns: 1), new BatchNormalization("bn2")], []]),
            new Branches(new Concatenation(),
            [
                [new Convolution("conv3", 4, 3, Stride: 2, Padding: 1), new BatchNormalization("bn3", 0.01, 0.3), new Activation(ActivationKind.Relu)],
                [new Pooling(PoolingKind.Max, 3, 2) { Padding = 1 }],
            ]),
            new GlobalAveragePooling(), new Dropout(0.25), new Linear("fc", 5),
        ]);

    public static NetworkDefinition Create(string name, ImageShape shape, int classes) =>
        name == EveryLayer.Name ? EveryLayer
        : name == Branched.Name ? Branched
        : NetworkCatalog.Create(name, shape, classes);

    /// <summary>Images of uniform pixels, [image][pixel].</summary>
    public static float[] Images(ulong seed, int shuffle, int count, ImageShape shape)
    {
        var random = new RandomStream(seed, shuffle, new(1000));
        var pixels = new float[count * shape.Length];
        foreach (ref var pixel in pixels.AsSpan())
        {
            pixel = random.NextSingle();
        }

        return pixels;
    }

    /// <summary>Puts images into the lanes of a tile.</summary>
    public static void Fill(NetworkTile tile, ReadOnlySpan<float> images, int length)
    {
        tile.Pixels.Clear();
        for (var image = 0; image < images.Length / length; image++)
        {
            for (var pixel = 0; pixel < length; pixel++)
            {
                tile.Pixels[pixel * tile.Lanes + image] = images[image * length + pixel];
            }
        }
    }

    /// <summary>What one lane holds of a tile's array.</summary>
    public static float[] Lane(ReadOnlySpan<float> values, int lane, int lanes)
    {
        var column = new float[values.Length / lanes];
        for (var i = 0; i < column.Length; i++)
        {
            column[i] = values[i * lanes + lane];
        }

        return column;
    }
}
