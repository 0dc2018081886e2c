using AdvFit.Analysis.Statistics;

namespace AdvFit.Analysis.Comparisons;

/// <summary>One attack's deltas against those of the test or the fail set.</summary>
/// <param name="Attack">The attack's label: the first group.</param>
/// <param name="Against"><c>test</c> or <c>fail</c>: the second group.</param>
/// <param name="Welch">The paper's test.</param>
/// <param name="WelchHolm">Its p-value corrected for all Welch tests of the sweep that have one.</param>
/// <param name="Paired">The paired t-test over the shuffles in which both subsets have a delta.</param>
/// <param name="PairedHolm">Its p-value corrected for all paired tests of the sweep that have one.</param>
/// <param name="HedgesG">Effect size that goes with Welch.</param>
/// <param name="CohensDz">Effect size that goes with the paired test.</param>
/// <param name="Verdict">What <paramref name="WelchHolm"/> says of the paper's claim.</param>
/// <param name="Reading">The same in words.</param>
public sealed record Comparison(
    string Attack,
    string Against,
    ValueOrReason<WelchResult> Welch,
    ValueOrReason<double> WelchHolm,
    ValueOrReason<PairedResult> Paired,
    ValueOrReason<double> PairedHolm,
    ValueOrReason<double> HedgesG,
    ValueOrReason<double> CohensDz,
    Verdict Verdict,
    string Reading);

/// <summary>What a comparison says of the claim that adversarial accuracy rises more than the other set's.</summary>
public enum Verdict
{
    /// <summary>No test could be computed.</summary>
    Untestable,

    /// <summary>The difference is not significant after Holm's correction, in either direction.</summary>
    NotShown,

    /// <summary>Adversarial accuracy rose more, significantly after Holm's correction.</summary>
    Supported,

    /// <summary>Adversarial accuracy rose less, significantly after Holm's correction.</summary>
    Contradicted,
}
