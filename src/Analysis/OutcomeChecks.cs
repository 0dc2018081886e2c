using System.Collections.Immutable;
using AdvFit.Analysis.Slopes;
using AdvFit.Messages;

namespace AdvFit.Analysis;

/// <summary>Refuses outcomes that contradict the spec, each other or themselves: no number is made of those.</summary>
internal static class OutcomeChecks
{
    /// <exception cref="AnalysisException">The first contradiction found.</exception>
    internal static void Check(
        SweepSpec spec, ImmutableArray<ShuffleOutcome> outcomes, ImmutableArray<FailedShuffle> failures)
    {
        ImmutableArray<string> labels = [.. spec.Attacks.Select(attack => attack.Label)];
        string[] subsets = [Subsets.Train, Subsets.Test, Subsets.Fail, .. labels];
        if (Repeated(subsets) is string label)
        {
            throw new AnalysisException(
                $"The attack label '{label}' is used twice or is a subset's name: give each attack its own.");
        }

        var seen = new HashSet<int>();
        foreach (int number in outcomes.Select(outcome => outcome.Shuffle).Concat(failures.Select(failure => failure.Shuffle)))
        {
            Require(
                number >= 1 && number <= spec.Shuffles, number, $"the sweep has shuffles 1 to {spec.Shuffles} only");
            Require(seen.Add(number), number, "it was reported more than once");
        }

        foreach (var outcome in outcomes)
        {
            CheckLevels(outcome, outcomes[0].Levels);
            CheckCurves(outcome, subsets);
            if (spec.Knn is null)
            {
                CheckPeak(outcome);
            }

            CheckConstruction(outcome, labels);
            CheckAttacks(outcome, labels);
            if (spec.Knn is { } knn)
            {
                KnnChecks.Check(outcome, knn);
            }
        }
    }

    private static void CheckLevels(ShuffleOutcome outcome, ImmutableArray<int> levels)
    {
        Require(
            !outcome.Levels.IsDefaultOrEmpty && outcome.Levels.Distinct().Count() == outcome.Levels.Length,
            outcome.Shuffle, "it has no fit levels, or one twice");
        Require(
            outcome.Levels.AsSpan().SequenceEqual(levels.AsSpan()), outcome.Shuffle,
            "its fit levels are not those of the other shuffles");
        Require(
            outcome.Levels.Contains(outcome.ReferenceLevel), outcome.Shuffle,
            $"its reference level {outcome.ReferenceLevel} is not one of its fit levels");
    }

    private static void CheckCurves(ShuffleOutcome outcome, string[] subsets)
    {
        string[] found = [.. outcome.Curves.Select(curve => curve.Subset)];
        Require(
            found.Order(StringComparer.Ordinal).SequenceEqual(subsets.Order(StringComparer.Ordinal)), outcome.Shuffle,
            $"the sweep asks for the subsets {string.Join(", ", subsets)}, and it has {string.Join(", ", found)}");
        foreach (var curve in outcome.Curves)
        {
            Require(
                curve.Correct.Length == outcome.Levels.Length, outcome.Shuffle,
                $"its {curve.Subset} curve has {curve.Correct.Length} points for {outcome.Levels.Length} fit levels");
            Require(
                curve.Samples >= 0 && curve.Correct.All(correct => correct >= 0 && correct <= curve.Samples),
                outcome.Shuffle,
                $"its {curve.Subset} curve counts more correct samples than there are, or fewer than 0");
        }
    }

    /// <summary>What holds at the reference level by construction: fail and adversarial samples are all wrong.</summary>
    private static void CheckConstruction(ShuffleOutcome outcome, ImmutableArray<string> labels)
    {
        int reference = outcome.Levels.IndexOf(outcome.ReferenceLevel);
        foreach (var curve in outcome.Curves.Where(curve => curve.Subset is Subsets.Train or Subsets.Test))
        {
            Require(curve.Samples > 0, outcome.Shuffle, $"its {curve.Subset} set is empty");
        }

        foreach (var curve in outcome.Curves.Where(
            curve => curve.Subset == Subsets.Fail || labels.Contains(curve.Subset)))
        {
            Require(
                curve.Correct[reference] == 0, outcome.Shuffle,
                $"{curve.Correct[reference]} samples of its {curve.Subset} subset are classified correctly at its "
                + $"reference level {outcome.ReferenceLevel}, where all must be wrong");
        }
    }

    /// <summary>What holds at M by construction: test accuracy peaks.</summary>
    private static void CheckPeak(ShuffleOutcome outcome)
    {
        var test = outcome.Curves.Single(curve => curve.Subset == Subsets.Test).Correct;
        Require(
            test.IndexOf(test.Max()) == outcome.Levels.IndexOf(outcome.ReferenceLevel), outcome.Shuffle,
            $"its test accuracy does not first peak at its reference level {outcome.ReferenceLevel}");
    }

    private static void CheckAttacks(ShuffleOutcome outcome, ImmutableArray<string> labels)
    {
        string[] found = [.. outcome.Attacks.Select(attack => attack.Attack)];
        Require(
            found.Order(StringComparer.Ordinal).SequenceEqual(labels.Order(StringComparer.Ordinal)), outcome.Shuffle,
            $"the sweep asks for the attacks {string.Join(", ", labels)}, and it has {string.Join(", ", found)}");
        foreach (var attack in outcome.Attacks)
        {
            int samples = outcome.Curves.Single(curve => curve.Subset == attack.Attack).Samples;
            Require(
                (attack.Transfer?.Kept ?? attack.Succeeded) == samples && attack.L2.Count == attack.Succeeded
                && attack.Linf.Count == attack.Succeeded && attack.Succeeded <= attack.Attempted
                && attack.Queries >= 0 && attack.Gradients >= 0,
                outcome.Shuffle,
                $"the counts of its attack {attack.Attack} do not agree: {attack.Attempted} attempted, "
                + $"{attack.Succeeded} succeeded, {attack.L2.Count} L2 and {attack.Linf.Count} Linf norms, "
                + $"{samples} samples in its subset");
            Require(
                IsSound(attack.L2) && IsSound(attack.Linf), outcome.Shuffle,
                $"the norms of its attack {attack.Attack} are not finite, or not in order");
        }
    }

    internal static bool IsSound(Distribution norms) =>
        double.IsFinite(norms.Mean) && double.IsFinite(norms.StandardDeviation) && double.IsFinite(norms.Maximum)
        && norms.StandardDeviation >= 0 && norms.Minimum >= 0 && norms.Minimum <= norms.LowerQuartile
        && norms.LowerQuartile <= norms.Median && norms.Median <= norms.UpperQuartile
        && norms.UpperQuartile <= norms.Maximum;

    private static string? Repeated(string[] names) =>
        names.FirstOrDefault(name => names.Count(other => other == name) > 1);

    /// <exception cref="AnalysisException">It does not hold.</exception>
    internal static void Require(bool holds, int shuffle, string complaint)
    {
        if (!holds)
        {
            throw new AnalysisException(
                $"The outcome of shuffle {shuffle} cannot be analysed: {complaint}. "
                + "Run the sweep again with an empty store.");
        }
    }
}
