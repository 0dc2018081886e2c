using System.ComponentModel;

namespace AdvFit.Learning.Networks.Layers;

/// <summary>An elementwise nonlinearity.</summary>
public sealed record Activation([property: Description("the nonlinearity")] ActivationKind Kind) : LayerDefinition
{
    public override bool InPlace => true;

    public override ImageShape OutputShape(ImageShape input) => input;

    /// <summary>ReLU and max pooling commute, to the bit; after pooling there is less to rectify.</summary>
    internal override bool IsFasterBehind(LayerDefinition next) =>
        Kind == ActivationKind.Relu && next is Pooling { Kind: PoolingKind.Max };

    internal override string Describe(ImageShape input) => $"{Kind.ToString().ToLowerInvariant()} on {input}";

    internal override Layer Create<TOps, TVector>(ImageShape input) => Kind == ActivationKind.Relu
        ? new ActivationLayer<Relu<TOps, TVector>, TOps, TVector>(this, input)
        : new ActivationLayer<Tanh<TOps, TVector>, TOps, TVector>(this, input);
}

/// <summary>The nonlinearities.</summary>
public enum ActivationKind
{
    Relu,
    Tanh,
}
