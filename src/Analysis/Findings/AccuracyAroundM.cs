using static AdvFit.Analysis.Findings.SentenceFormat;

namespace AdvFit.Analysis.Findings;

/// <summary>
/// Accuracy on adversarial examples before M beside that after it, which the paper's section 4.2 does not look at. They are crafted
/// on the network of epoch M, and networks that fit less than it may get as many of them right as those that fit more: a rise from M is
/// not yet one by fitting harder.
/// </summary>
internal static class AccuracyAroundM
{
    /// <summary>What to keep in mind of every rise from M; nothing where no shuffle has epochs on both sides.</summary>
    internal static IEnumerable<string> Write(SweepResults results)
    {
        string[] attacks =
        [
            .. from attack in results.Spec.Attacks
               let sides = Of(results, attack.Label)
               where sides is not null
               select $"{attack.Label} {Percent(sides.Value.Before)} before and {Percent(sides.Value.After)} after",
        ];
        if (attacks.Length > 0)
        {
            yield return "Adversarial examples are crafted on the network of epoch M, and networks of other epochs may get them "
                + $"right just for being others. Mean accuracy over all epochs on either side of M: {List(attacks)}. Where it is no "
                + "higher after M than before, its rise from M is no evidence that fitting harder makes robust.";
        }
    }

    /// <summary>
    /// Mean accuracies in [0, 1] over the epochs before and after M, then over the shuffles that have both and examples; null where
    /// none has.
    /// </summary>
    internal static (double Before, double After)? Of(SweepResults results, string attack)
    {
        (double Before, double After)[] sides =
        [
            .. from shuffle in results.Shuffles
               let accuracy = shuffle.Curve(attack).Accuracy
               let reference = results.Levels.IndexOf(shuffle.ReferenceLevel)
               where accuracy.HasValue && reference > 0 && reference < results.Levels.Length - 1
               select (accuracy.Value[..reference].Average(), accuracy.Value[(reference + 1)..].Average()),
        ];
        return sides.Length == 0 ? null : (sides.Average(side => side.Before), sides.Average(side => side.After));
    }
}
