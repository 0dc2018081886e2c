using AdvFit.Messages;
using AdvFit.Sweeps.Spec;

namespace AdvFit.Sweeps.Tests.Spec;

public class SpecDifferencesTests
{
    [Fact]
    public void Every_value_that_makes_another_sweep_is_listed()
    {
        var other = Some.Spec with
        {
            Seed = 1,
            Network = "lenet5-wide",
            Subsample = null,
            Training = Some.Spec.Training with { LearningRate = 0.1 },
        };

        SpecDifferences.OfIdentity(Some.Spec, other).ShouldBe(
        [
            new SpecDifference("subsample.train", "50", null),
            new SpecDifference("subsample.test", "10", null),
            new SpecDifference("network", "lenet5", "lenet5-wide"),
            new SpecDifference("training.learning_rate", "0.003", "0.1"),
            new SpecDifference("seed", "2020", "1"),
        ], ignoreOrder: true);
    }

    [Fact]
    public void What_extends_a_sweep_makes_no_other() => SpecDifferences.OfIdentity(
        Some.Spec, Some.Spec with { Name = "other", Shuffles = 9, Attacks = [] }).ShouldBeEmpty();

    [Fact]
    public void Specs_of_different_ids_differ_and_those_of_the_same_do_not()
    {
        SweepSpec[] specs = [Some.Spec, Some.Spec with { Seed = 1 }, Some.Spec with { Shuffles = 9 }, Some.Spec with { Dataset = "x" }];
        foreach (var (one, other) in specs.SelectMany(one => specs.Select(other => (one, other))))
        {
            SpecDifferences.OfIdentity(one, other).IsEmpty.ShouldBe(SweepId.Of(one) == SweepId.Of(other));
        }
    }

    [Fact]
    public void A_profile_is_only_a_name_for_parameters() =>
        SpecDifferences.OfAttack(Some.Attack("a"), Some.Attack("a") with { Profile = "other" }).ShouldBeEmpty();
}
