using AdvFit.Messages;
using static AdvFit.Analysis.Findings.SentenceFormat;

namespace AdvFit.Analysis.Findings;

/// <summary>
/// Says where attacks may have failed without any robustness: what AutoAttack warns of (Croce and Hein 2020, "Reliable
/// evaluation of adversarial robustness", arXiv:2003.01690).
/// </summary>
internal static class WarningFindings
{
    internal static IEnumerable<string> Write(IEnumerable<ShuffleResult> shuffles)
    {
        (int Shuffle, VictimChecks Checks)[] all =
            [.. shuffles.Where(shuffle => shuffle.Victim is not null).Select(shuffle => (shuffle.Shuffle, shuffle.Victim!))];
        if (Affected(checks => checks.NonFiniteLogits, checks => checks.Samples) is { } nonFinite)
        {
            yield return $"Warning: the attacked network has logits that are not finite for {nonFinite}: no attack counts as "
                + "a success there, which is no robustness.";
        }

        if (Affected(checks => checks.ZeroGradients, checks => checks.Samples) is { } zero)
        {
            yield return $"Warning: the gradient of the loss is zero for {zero}: attacks that follow gradients cannot move "
                + "there, which is no robustness. An attack without gradients, such as hopskipjump, can.";
        }

        if (Affected(checks => checks.OnlyWithoutGradients, checks => checks.Compared) is { } only)
        {
            yield return $"Warning: only an attack without gradients fooled the network for {only}: the attacks with "
                + "gradients understate what can be done there, by their parameters or because gradients mislead.";
        }

        if (Affected(
            checks => 2 * checks.NearerWithoutGradients > checks.Compared ? checks.NearerWithoutGradients : 0,
            checks => checks.Compared) is { } nearer)
        {
            yield return $"Warning: an attack without gradients found the smallest perturbation for {nearer}: the attacks with "
                + "gradients are not at their best here.";
        }

        string? Affected(Func<VictimChecks, int> count, Func<VictimChecks, int> of)
        {
            var affected = all.Where(shuffle => count(shuffle.Checks) > 0).ToArray();
            return affected.Length == 0 ? null
                : $"{Count(affected.Sum(shuffle => count(shuffle.Checks)))} of {Count(affected.Sum(shuffle => of(shuffle.Checks)))} "
                    + $"samples attacked in {(affected.Length == 1 ? "shuffle" : "shuffles")} "
                    + $"{List(affected.Select(shuffle => shuffle.Shuffle))}";
        }
    }
}
