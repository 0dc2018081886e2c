using AdvFit.Sweeps.Spec;

namespace AdvFit.Sweeps.Cluster;

/// <summary>Names one attempt at one shuffle of one sweep, wherever in the cluster it is spoken of.</summary>
/// <param name="Sweep">The sweep's id, as <see cref="SweepId"/> makes it.</param>
/// <param name="Shuffle">The shuffle's number, from 1.</param>
/// <param name="Attempt">The attempt's number, from 1; a higher one fences out what is left of it (design rule 5).</param>
public sealed record AttemptId(string Sweep, int Shuffle, int Attempt)
{
    /// <inheritdoc/>
    public override string ToString() => $"shuffle {Shuffle} of {Sweep}, attempt {Attempt}";
}
