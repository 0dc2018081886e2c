namespace AdvFit.Learning.Networks;

/// <summary>One layer of a network, as data.</summary>
public abstract record LayerDefinition
{
    /// <summary>Shape of the output for an input of the given shape.</summary>
    /// <exception cref="ArgumentException">The layer does not fit the input.</exception>
    public abstract ImageShape OutputShape(ImageShape input);

    /// <summary>Weight and bias of the layer in PyTorch's order and shapes; empty where it has none.</summary>
    public virtual IReadOnlyList<ParameterShape> Parameters(ImageShape input) => [];

    /// <summary>Multiply-adds of one image's forward pass: each weight once per output position.</summary>
    public long MultiplyAdds(ImageShape input)
    {
        var (parameters, output) = (Parameters(input), OutputShape(input));
        return parameters.Count == 0 ? 0 : (long)parameters[0].Length * output.Height * output.Width;
    }
}

/// <summary>Name and shape of one parameter, as PyTorch's <c>state_dict</c> has them.</summary>
/// <param name="Name">Such as <c>conv1.weight</c>.</param>
/// <param name="Shape">[outputs, inputs, rows, columns] of a convolution, [outputs, inputs] of a linear layer, [outputs] of a bias.</param>
/// <param name="FanIn">Inputs of one output; the scale of the initialisation.</param>
public sealed record ParameterShape(string Name, int[] Shape, int FanIn)
{
    /// <summary>Number of values.</summary>
    public int Length => Shape.Aggregate(1, (product, size) => product * size);
}

/// <summary>2-D convolution (cross-correlation, as in PyTorch) with a square kernel, zero padding and a bias.</summary>
public sealed record Convolution(string Name, int Channels, int Kernel, int Stride = 1, int Padding = 0)
    : LayerDefinition
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

    public override IReadOnlyList<ParameterShape> Parameters(ImageShape input)
    {
        var fanIn = input.Channels * Kernel * Kernel;
        return
        [
            new($"{Name}.weight", [Channels, input.Channels, Kernel, Kernel], fanIn),
            new($"{Name}.bias", [Channels], fanIn),
        ];
    }
}

/// <summary>Fully connected layer with a bias; flattens its input in [channel][row][column] order.</summary>
public sealed record Linear(string Name, int Outputs) : LayerDefinition
{
    public override ImageShape OutputShape(ImageShape input) => Outputs > 0
        ? new ImageShape(Outputs, 1, 1)
        : throw new ArgumentException($"{Name}: a linear layer needs at least one output, not {Outputs}.");

    public override IReadOnlyList<ParameterShape> Parameters(ImageShape input) =>
    [
        new($"{Name}.weight", [Outputs, input.Length], input.Length),
        new($"{Name}.bias", [Outputs], input.Length),
    ];
}

/// <summary>Pooling over square windows without padding; a row or column that fills no window is left out.</summary>
public sealed record Pooling(PoolingKind Kind, int Size, int Stride) : LayerDefinition
{
    public override ImageShape OutputShape(ImageShape input) =>
        Size > 0 && Stride > 0 && input.Height >= Size && input.Width >= Size
            ? new ImageShape(input.Channels, (input.Height - Size) / Stride + 1, (input.Width - Size) / Stride + 1)
            : throw new ArgumentException(
                $"{Kind} pooling of size {Size} and stride {Stride} does not fit an input of {input}.");
}

/// <summary>What pooling takes of a window.</summary>
public enum PoolingKind
{
    Max,
    Average,
}

/// <summary>An elementwise nonlinearity.</summary>
public sealed record Activation(ActivationKind Kind) : LayerDefinition
{
    public override ImageShape OutputShape(ImageShape input) => input;
}

/// <summary>The nonlinearities.</summary>
public enum ActivationKind
{
    Relu,
    Tanh,
}
