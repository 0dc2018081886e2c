using System.Collections.Immutable;

namespace AdvFit.Learning.Networks.Layers;

/// <summary>Paths of layers that all read the same value, and are joined again.</summary>
/// <param name="Join">How.</param>
/// <param name="Paths">The layers of each path, in PyTorch's order of parameters; a path without layers passes the value on.</param>
public sealed record Branches(JoinDefinition Join, ImmutableArray<ImmutableArray<LayerDefinition>> Paths) : LayerDefinition
{
    /// <inheritdoc/>
    public override ImageShape OutputShape(ImageShape input) => NetworkGraph.Of(input, [this])[^1].Output;

    internal override string Describe(ImageShape input) => $"{Paths.Length} paths to {OutputShape(input)}";

    internal override Layer Create<TOps, TVector>(ImageShape input) =>
        throw new NotSupportedException("The graph has the layers of the paths and their join.");
}

/// <summary>A layer that reads several values.</summary>
public abstract record JoinDefinition : LayerDefinition
{
    /// <summary>Shape of the output for inputs of the given shapes.</summary>
    /// <exception cref="ArgumentException">They do not fit each other.</exception>
    public abstract ImageShape OutputShape(IReadOnlyList<ImageShape> inputs);

    /// <inheritdoc/>
    public sealed override ImageShape OutputShape(ImageShape input) => OutputShape([input]);

    /// <summary>Makes the layer ready to run.</summary>
    internal abstract Layer Create<TOps, TVector>(ImageShape input, ImageShape output)
        where TOps : struct, Kernels.ILaneOperations<TVector>
        where TVector : struct;

    internal sealed override Layer Create<TOps, TVector>(ImageShape input) => Create<TOps, TVector>(input, input);

    internal sealed override string Describe(ImageShape input) => DescribeJoin();

    /// <summary>A few words for tables.</summary>
    private protected abstract string DescribeJoin();
}
