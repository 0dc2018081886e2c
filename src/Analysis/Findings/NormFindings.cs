using static AdvFit.Analysis.Findings.SentenceFormat;

namespace AdvFit.Analysis.Findings;

/// <summary>How far the adversarial examples lie from their originals, and whether that goes with the gains.</summary>
internal static class NormFindings
{
    internal static IEnumerable<string> Write(SweepResults results)
    {
        foreach (var attack in results.Attacks)
        {
            if (attack.SuccessRate.HasValue)
            {
                yield return $"{attack.Attack} fooled the network on {attack.Succeeded} of {attack.Attempted} samples "
                    + $"({Percent(attack.SuccessRate.Value)})" + (attack.L2.HasValue && attack.Linf.HasValue
                        ? $", at a mean L2 norm of {Number(attack.L2.Value.MeanOfMeans)} and a mean Linf norm of "
                            + $"{Number(attack.Linf.Value.MeanOfMeans)} (means over shuffles, pixels in [0, 1])."
                        : ".");
            }
        }

        var measured =
            (from attack in results.Attacks
             join subset in results.Subsets on attack.Attack equals subset.Subset
             where attack.L2.HasValue && subset.Deltas.HasValue
             select (attack.Attack, Norm: attack.L2.Value.MeanOfMeans, Delta: subset.Deltas.Value.Distribution.Mean))
            .ToArray();
        bool ordered = measured.DistinctBy(attack => attack.Norm).Count() == measured.Length
            && measured.DistinctBy(attack => attack.Delta).Count() == measured.Length;
        if (measured.Length >= 2 && ordered)
        {
            string[] byNorm = [.. measured.OrderBy(attack => attack.Norm).Select(attack => attack.Attack)];
            string[] byDelta = [.. measured.OrderBy(attack => attack.Delta).Select(attack => attack.Attack)];
            string order = byNorm.SequenceEqual(byDelta)
                ? "the same order, as in the paper"
                : "not the same order, unlike the paper";
            yield return $"From the smallest mean L2 norm to the largest: {string.Join(", ", byNorm)}; from the "
                + $"smallest mean gain to the largest: {string.Join(", ", byDelta)}. This is {order}, where DeepFool's "
                + "smaller norms go with a smaller gain than FGSM's. It is an observation, not a test.";
        }
    }
}
