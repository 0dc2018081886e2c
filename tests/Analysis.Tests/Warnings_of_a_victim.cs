using AdvFit.Analysis.Findings;
using AdvFit.Messages;
using static AdvFit.Analysis.Tests.SweepBuilder;

namespace AdvFit.Analysis.Tests;

public class Warnings_of_a_victim
{
    private static readonly VictimChecks s_inOrder = new(160, 0, 0, 100, 0, 50);

    [Fact]
    public void A_victim_in_order_and_one_recorded_without_checks_cause_none() =>
        Warnings(s_inOrder, null).ShouldBeEmpty();

    [Fact]
    public void Each_sign_is_told_with_how_many_samples_of_which_shuffles()
    {
        Warnings(s_inOrder, s_inOrder with { NonFiniteLogits = 3 }).Single()
            .ShouldContain("logits that are not finite for 3 of 160 samples attacked in shuffle 2");
        Warnings(s_inOrder with { ZeroGradients = 4 }, s_inOrder with { ZeroGradients = 1 }).Single()
            .ShouldContain("is zero for 5 of 320 samples attacked in shuffles 1 and 2");
        Warnings(s_inOrder with { OnlyWithoutGradients = 7 }).Single()
            .ShouldContain("fooled the network for 7 of 100 samples");
    }

    [Fact]
    public void That_an_attack_without_gradients_comes_nearer_is_told_where_it_does_for_most_samples() =>
        Warnings(s_inOrder with { NearerWithoutGradients = 51 }, s_inOrder).Single()
            .ShouldContain("smallest perturbation for 51 of 100 samples attacked in shuffle 1");

    private static string[] Warnings(params VictimChecks?[] victims)
    {
        var outcomes = victims.Select((victim, i) =>
            Outcome(i + 1, 150, 10, ("fgsm", 100, 20)) with { Victim = victim });
        return
        [
            .. SweepAnalysis.Analyze(Spec(victims.Length, "fgsm"), Data, outcomes, []).Findings
                .Where(finding => finding.Topic == FindingTopic.Warning).Select(finding => finding.Text),
        ];
    }
}
