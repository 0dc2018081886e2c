using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace AdvFit.Learning.Networks.Layers;

/// <summary>Fully connected layer with a bias; flattens its input in [channel][row][column] order.</summary>
public sealed record Linear(
    string Name, [property: Description("number of outputs"), Range(1, LayerDefinition.LargestSize)] int Outputs)
    : WeightedLayerDefinition(Name)
{
    public override ImageShape OutputShape(ImageShape input) => Outputs > 0
        ? new ImageShape(Outputs, 1, 1)
        : throw new ArgumentException($"{Name}: a linear layer needs at least one output, not {Outputs}.");

    protected override int[] WeightShape(ImageShape input) => [Outputs, input.Length];

    internal override string Describe(ImageShape input) => $"{Name}, {input.Length} to {Outputs}";

    internal override Layer Create<TOps, TVector>(ImageShape input) => new LinearLayer<TOps, TVector>(this, input);
}
