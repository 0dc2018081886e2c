using System.Collections.Immutable;
using AdvFit.Analysis.Comparisons;
using AdvFit.Analysis.Findings;
using AdvFit.Analysis.Slopes;
using AdvFit.Analysis.Statistics;
using AdvFit.Messages;

namespace AdvFit.Analysis;

/// <summary>From the outcomes of shuffles to the results of a sweep (paper, Figs. 7 to 9 and 11 to 13).</summary>
public static class SweepAnalysis
{
    private const string EmptySubset = "the subset is empty";

    private const string NoOverfitting =
        "M is the last epoch, so there is no overfitting regime to measure: every delta is 0 by definition";

    /// <summary>Analyses what is there, be it all of the sweep or none, in whatever order it comes.</summary>
    /// <param name="completed">Outcomes of the completed shuffles.</param>
    /// <param name="failed">The shuffles that ended without a result.</param>
    /// <exception cref="AnalysisException">The outcomes contradict the spec, each other or themselves.</exception>
    public static SweepResults Analyze(
        SweepSpec spec, DataProvenance data, IEnumerable<ShuffleOutcome> completed, IEnumerable<FailedShuffle> failed)
    {
        ImmutableArray<ShuffleOutcome> outcomes = [.. completed.OrderBy(outcome => outcome.Shuffle)];
        ImmutableArray<FailedShuffle> failures = [.. failed.OrderBy(failure => failure.Shuffle)];
        OutcomeChecks.Check(spec, outcomes, failures);

        ImmutableArray<string> subsets =
            [Subsets.Train, Subsets.Test, Subsets.Fail, .. spec.Attacks.Select(attack => attack.Label)];
        ImmutableArray<ShuffleResult> shuffles = [.. outcomes.Select(outcome => Describe(outcome, spec, subsets))];
        ImmutableArray<int> levels = outcomes.IsEmpty ? [] : outcomes[0].Levels;
        var ended = outcomes.Select(outcome => outcome.Shuffle).Concat(failures.Select(failure => failure.Shuffle));

        var results = new SweepResults(
            spec, data, levels, shuffles, failures, [.. Enumerable.Range(1, spec.Shuffles).Except(ended)],
            [.. subsets.Select(subset => Summarize(subset, levels, shuffles))],
            [.. spec.Attacks.Select(attack => AttackSummaries.Of(attack.Label, shuffles))],
            DeltaComparisons.Of(spec, shuffles),
            Findings: [])
        {
            Knn = spec.Knn is { } knn ? SlopeAnalysis.Of(spec, knn.Z, outcomes, subsets) : null,
        };
        return results with { Findings = FindingsWriter.Write(results) };
    }

    private static ShuffleResult Describe(ShuffleOutcome outcome, SweepSpec spec, ImmutableArray<string> subsets)
    {
        int last = outcome.Levels[^1];
        return new ShuffleResult(
            outcome.Shuffle, outcome.ReferenceLevel, last,
            outcome.ReferenceLevel == last ? NoOverfitting : null,
            [.. subsets.Select(subset => Describe(
                outcome.Curves.Single(curve => curve.Subset == subset),
                outcome.Levels.IndexOf(outcome.ReferenceLevel)))],
            [.. spec.Attacks.Select(attack => outcome.Attacks.Single(found => found.Attack == attack.Label))])
        {
            Victim = outcome.Victim,
        };
    }

    private static SubsetCurve Describe(AccuracyCurve curve, int reference)
    {
        if (curve.Samples == 0)
        {
            return new SubsetCurve(
                curve.Subset, 0, curve.Correct,
                ValueOrReason.Absent<ImmutableArray<double>>(EmptySubset), ValueOrReason.Absent<double>(EmptySubset));
        }

        double samples = curve.Samples;
        ImmutableArray<double> accuracy = [.. curve.Correct.Select(correct => correct / samples)];
        // One division of exact counts: deltas equal as fractions are equal as doubles, and ties stay ties.
        double delta = (curve.Correct[^1] - curve.Correct[reference]) / samples;
        return new SubsetCurve(curve.Subset, curve.Samples, curve.Correct, ValueOrReason.Of(accuracy), ValueOrReason.Of(delta));
    }

    private static SubsetSummary Summarize(
        string subset, ImmutableArray<int> levels, ImmutableArray<ShuffleResult> shuffles)
    {
        SubsetCurve[] curves = [.. shuffles.Select(shuffle => shuffle.Curve(subset)).Where(curve => curve.Samples > 0)];
        double[] deltas = [.. curves.Select(curve => curve.Delta.Value)];
        return new SubsetSummary(
            subset,
            [.. levels.Select((level, i) => Mean(level, [.. curves.Select(curve => curve.Accuracy.Value[i])]))],
            deltas.Length == 0
                ? ValueOrReason.Absent<DeltaSummary>("no shuffle has a delta")
                : ValueOrReason.Of(new DeltaSummary(Distributions.Summarize(deltas), Interval.OfMean(deltas))));
    }

    private static LevelMean Mean(int level, double[] accuracies) => new(
        level, accuracies.Length,
        accuracies.Length == 0
            ? ValueOrReason.Absent<double>("the subset is empty in every shuffle")
            : ValueOrReason.Of(Moments.Of(accuracies).Mean),
        Interval.OfMean(accuracies));
}
