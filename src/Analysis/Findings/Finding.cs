namespace AdvFit.Analysis.Findings;

/// <summary>One result in plain words.</summary>
/// <param name="Text">One or more whole sentences.</param>
public sealed record Finding(FindingTopic Topic, string Text);

/// <summary>What a finding is about.</summary>
public enum FindingTopic
{
    /// <summary>Which shuffles and subsets the results rest on.</summary>
    Coverage,

    /// <summary>What the attacks may have measured instead of robustness.</summary>
    Warning,

    /// <summary>Where overfitting begins, and how far it goes.</summary>
    Regime,

    /// <summary>k-NN sweeps: how many samples each step of the workflow left.</summary>
    Filter,

    /// <summary>How a subset's accuracy changed from the reference level to the last.</summary>
    Gain,

    /// <summary>How an attack's deltas or slopes compare with another set's.</summary>
    Comparison,

    /// <summary>What this means for the paper's claim.</summary>
    Claim,

    /// <summary>How large the perturbations are.</summary>
    Norms,

    /// <summary>What limits the conclusions.</summary>
    Caveat,
}
