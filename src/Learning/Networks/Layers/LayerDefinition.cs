using System.ComponentModel;
using AdvFit.Learning.Kernels;

namespace AdvFit.Learning.Networks.Layers;

/// <summary>One layer of a network, as data. The fields of its record are those of its YAML form.</summary>
public abstract record LayerDefinition
{
    /// <summary>The most channels or outputs that a network file may ask for.</summary>
    protected const int LargestSize = 1 << 16;

    /// <summary>The largest kernel, stride or padding that a network file may ask for.</summary>
    protected const int LargestWindow = 1 << 10;

    /// <summary>
    /// Whether the output overwrites the input, as that of an activation does. Such a layer is neither the first nor the last
    /// one, for pixels and logits are kept.
    /// </summary>
    public virtual bool InPlace => false;

    /// <summary>Whether the images of a training batch see each other in it.</summary>
    public virtual bool HasBatchStatistics => false;

    /// <summary>Shape of the output for an input of the given shape.</summary>
    /// <exception cref="ArgumentException">The layer does not fit the input.</exception>
    public abstract ImageShape OutputShape(ImageShape input);

    /// <summary>Weight and bias of the layer in PyTorch's order and shapes; empty where it has none.</summary>
    public virtual IReadOnlyList<ParameterShape> Parameters(ImageShape input) => [];

    /// <summary>Multiply-adds of one image's forward pass; 0 where there are other operations only.</summary>
    public virtual long MultiplyAdds(ImageShape input) => 0;

    /// <summary>
    /// Whether the layer runs behind the next one with the same bits, in values and in gradients, and is then faster.
    /// </summary>
    internal virtual bool IsFasterBehind(LayerDefinition next) => false;

    /// <summary>A few words with the output's shape, for tables.</summary>
    internal abstract string Describe(ImageShape input);

    /// <summary>Makes the layer ready to run on inputs of a shape, with the vectors that its kernels are to use.</summary>
    internal abstract Layer Create<TOps, TVector>(ImageShape input)
        where TOps : struct, ILaneOperations<TVector>
        where TVector : struct;
}

/// <summary>A layer that multiplies its input by a weight and may add a bias.</summary>
public abstract record WeightedLayerDefinition(
    [property: Description("name of its parameters in PyTorch's state_dict, without .weight and .bias")] string Name)
    : LayerDefinition
{
    /// <summary>How the weight is drawn, other than by PyTorch's default; a function of its shape.</summary>
    internal Func<int[], Initialization>? InitialWeight { get; init; }

    public override IReadOnlyList<ParameterShape> Parameters(ImageShape input)
    {
        var shape = WeightShape(input);
        var byFanIn = Initialization.ByFanIn(shape[1..].Aggregate(1, (product, size) => product * size));
        var weight = new ParameterShape($"{Name}.weight", shape, InitialWeight?.Invoke(shape) ?? byFanIn);
        return HasBias ? [weight, new($"{Name}.bias", [shape[0]], byFanIn)] : [weight];
    }

    /// <summary>Whether it adds a bias.</summary>
    private protected virtual bool HasBias => true;

    /// <summary>Each weight once per output position.</summary>
    public override long MultiplyAdds(ImageShape input)
    {
        var output = OutputShape(input);
        return (long)Parameters(input)[0].Length * output.Height * output.Width;
    }

    /// <summary>Shape of the weight, outputs first.</summary>
    protected abstract int[] WeightShape(ImageShape input);
}
