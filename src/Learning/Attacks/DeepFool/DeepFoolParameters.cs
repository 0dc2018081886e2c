using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace AdvFit.Learning.Attacks.DeepFool;

/// <summary>Parameters of DeepFool.</summary>
public sealed record DeepFoolParameters
{
    /// <summary>As many candidates as a label can name.</summary>
    internal const int AllClasses = 256;

    [Description("most steps taken")]
    [Range(1, 1_000_000)]
    public int MaxIterations { get; init; } = 100;

    [Description("how many of the classes that are likeliest at the start are considered, the predicted one included; "
        + "more than there are means all")]
    [Range(2, AllClasses)]
    public int Candidates { get; init; } = AllClasses;

    [Description("share by which the perturbation is lengthened to cross the boundary")]
    [Range(0.0, 10)]
    public double Overshoot { get; init; }

    [Description("whether each step is overshot, or only the final perturbation")]
    public bool OvershootEachStep { get; init; }

    [Description("added to the length of each step, in L2 over pixels in [0, 1]")]
    [Range(0.0, 1)]
    public double StepMargin { get; init; }
}
