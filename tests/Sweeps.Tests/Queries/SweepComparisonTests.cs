using AdvFit.Sweeps.Queries;
using AdvFit.Sweeps.Tests.Decisions;

namespace AdvFit.Sweeps.Tests.Queries;

public class SweepComparisonTests
{
    [Fact]
    public void An_extension_says_what_it_adds_and_what_it_uses_again()
    {
        var sweep = new SimulatedSweep();
        sweep.Do(Some.Start());
        sweep.Complete(1);
        sweep.Complete(2);

        SweepComparison.OfExtension(sweep.State, Some.Spec with { Shuffles = 2 }).ShouldBeNull();
        SweepComparison.OfExtension(sweep.State, Some.Spec with { Shuffles = 5, Attacks = [Some.Attack("weak")] })
            .ShouldBe("adds shuffles 4 to 5 and the attack weak; what is done is used again: train 4, attack 2");
    }

    [Fact]
    public void A_new_sweep_is_compared_with_the_one_of_its_name_that_it_resembles_most()
    {
        var near = Some.Spec with { Seed = 1 };
        var far = near with { Network = "lenet5-wide", Dataset = "other" };

        SweepComparison.OfNewSweep([("far-1", far), ("near-2", near)], Some.Spec).ShouldNotBeNull()
            .ShouldContain("unlike near-2 in seed (1 there, 2020 asked for)");
        SweepComparison.OfNewSweep([], Some.Spec).ShouldBeNull();
    }
}
