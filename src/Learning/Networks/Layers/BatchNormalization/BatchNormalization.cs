using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace AdvFit.Learning.Networks.Layers;

/// <summary>
/// Batch normalisation of channels (Ioffe and Szegedy 2015), as PyTorch's BatchNorm2d: in training by the batch's mean and
/// variance, otherwise by their running averages, so that no image sees another.
/// </summary>
public sealed record BatchNormalization(
    [property: Description("name of its parameters in PyTorch's state_dict, without .weight, .bias and the statistics")] string Name,
    [property: Description("added to the variance"), Range(0.0, 1)] double Epsilon = 1e-5,
    [property: Description("weight of a new batch in the running averages"), Range(0.0, 1)] double Momentum = 0.1)
    : LayerDefinition
{
    /// <inheritdoc/>
    public override bool HasBatchStatistics => true;

    /// <inheritdoc/>
    public override ImageShape OutputShape(ImageShape input) => input;

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterShape> Parameters(ImageShape input)
    {
        var (zero, one) = (new Initialization.Constant(0), new Initialization.Constant(1));
        int[] shape = [input.Channels];
        return
        [
            new($"{Name}.weight", shape, one),
            new($"{Name}.bias", shape, zero),
            new($"{Name}.running_mean", shape, zero, ParameterRole.Statistic),
            new($"{Name}.running_var", shape, one, ParameterRole.Statistic),
            new($"{Name}.num_batches_tracked", [], zero, ParameterRole.Counter),
        ];
    }

    internal override string Describe(ImageShape input) => $"{Name}, batch normalisation of {input}";

    internal override Layer Create<TOps, TVector>(ImageShape input) => new BatchNormalizationLayer<TOps, TVector>(this, input);
}
