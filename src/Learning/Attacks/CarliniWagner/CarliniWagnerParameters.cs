using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace AdvFit.Learning.Attacks.CarliniWagner;

/// <summary>Parameters of Carlini and Wagner's L2 attack, by Adam or by line search.</summary>
public sealed record CarliniWagnerParameters
{
    [Description("kappa: by how much another logit must exceed the label's")]
    [Range(0.0, 1e6)]
    public double Confidence { get; init; }

    [Description("first c, the weight of the classifier's part of the loss against the squared L2 distance")]
    [Range(1e-9, 1e9)]
    public double InitialConstant { get; init; } = 0.01;

    [Description("how many constants are tried")]
    [Range(1, 1000)]
    public int BinarySearchSteps { get; init; } = 10;

    [Description("most iterates tried with each constant; of the line search, gradients followed")]
    [Range(1, 1_000_000)]
    public int MaxIterations { get; init; } = 10;

    [Description("in tanh space: Adam's, or the first length that the line search tries")]
    [Range(1e-9, 10)]
    public double LearningRate { get; init; } = 0.01;

    [Description("whether a constant is done with when the image's own loss has not fallen by 0.01% in a tenth of the "
        + "iterations; not used by the line search")]
    public bool AbortEarly { get; init; }

    [Description("whether to follow the gradient as far as a line search says, as ART does, instead of Adam")]
    public bool LineSearch { get; init; } = true;

    [Description("line search: lengths tried while the loss does not fall, each half of the last")]
    [Range(1, 1000)]
    public int MaxHalvings { get; init; } = 5;

    [Description("line search: lengths tried while the loss falls further, each twice the last")]
    [Range(0, 1000)]
    public int MaxDoublings { get; init; } = 5;
}
