using System.Collections.Immutable;
using AdvFit.Analysis.Statistics;
using AdvFit.Messages;

namespace AdvFit.Analysis;

/// <summary>Pools what one attack achieved over the shuffles.</summary>
internal static class AttackSummaries
{
    internal static AttackSummary Of(string label, ImmutableArray<ShuffleResult> shuffles)
    {
        AttackOutcome[] outcomes =
            [.. shuffles.Select(shuffle => shuffle.Attacks.Single(attack => attack.Attack == label))];
        long attempted = outcomes.Sum(outcome => (long)outcome.Attempted);
        long succeeded = outcomes.Sum(outcome => (long)outcome.Succeeded);
        return new AttackSummary(
            label, attempted, succeeded,
            attempted == 0
                ? ValueOrReason.Absent<double>("no sample was attacked")
                : ValueOrReason.Of(succeeded / (double)attempted),
            outcomes.Sum(outcome => outcome.Queries), outcomes.Sum(outcome => outcome.Gradients),
            Pool([.. outcomes.Select(outcome => outcome.L2)]), Pool([.. outcomes.Select(outcome => outcome.Linf)]));
    }

    /// <summary>Norms of all shuffles together.</summary>
    internal static ValueOrReason<NormSummary> Pool(Distribution[] all)
    {
        Distribution[] norms = [.. all.Where(norm => norm.Count > 0)];
        if (norms.Length == 0)
        {
            return ValueOrReason.Absent<NormSummary>("the attack has no success");
        }

        long samples = norms.Sum(norm => (long)norm.Count);
        double mean = norms.Sum(norm => norm.Count * norm.Mean) / samples;
        // The squares about the pooled mean: those within each shuffle and those of the shuffles' means.
        double squares = norms.Sum(norm =>
            (norm.Count - 1) * norm.StandardDeviation * norm.StandardDeviation
            + norm.Count * (norm.Mean - mean) * (norm.Mean - mean));
        return ValueOrReason.Of(new NormSummary(
            norms.Length, samples,
            Moments.Of([.. norms.Select(norm => norm.Mean)]).Mean,
            Moments.Of([.. norms.Select(norm => norm.Median)]).Mean,
            norms.Min(norm => norm.Minimum), norms.Max(norm => norm.Maximum), mean,
            samples < 2
                ? ValueOrReason.Absent<double>("the attack has only one success")
                : ValueOrReason.Of(Math.Sqrt(squares / (samples - 1)))));
    }
}
