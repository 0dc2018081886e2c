namespace AdvFit.Analysis;

/// <summary>One result in plain words.</summary>
/// <param name="Text">One or more whole sentences.</param>
public sealed record Finding(FindingTopic Topic, string Text);

/// <summary>What a finding is about.</summary>
public enum FindingTopic
{
    /// <summary>Which shuffles and subsets the results rest on.</summary>
    Coverage,

    /// <summary>Where test accuracy peaks and what follows.</summary>
    Regime,

    /// <summary>How a subset's accuracy changed from M to the last epoch.</summary>
    Gain,

    /// <summary>How an attack's deltas compare with test's or fail's.</summary>
    Comparison,

    /// <summary>What this means for the paper's claim.</summary>
    Claim,

    /// <summary>How large the perturbations are.</summary>
    Norms,

    /// <summary>What limits the conclusions.</summary>
    Caveat,
}
