namespace AdvFit.Reporting.Tests;

public class Adversarial_sets_of_k_NN
{
    [Fact]
    public void Only_the_examples_that_fool_the_classifier_are_left_each_with_its_own_pixels()
    {
        var set = new CraftedSet([7, 8, 9], [1, 2, 3], [0.1, 0.2, 0.3], [0.01, 0.02, 0.03]);
        bool[] kept = [true, false, true];

        var left = set.Only(kept);

        left.Indices.ShouldBe([7, 9]);
        left.Predicted.ShouldBe([(byte)1, (byte)3]);
        left.L2.ShouldBe([0.1, 0.3]);
        left.Linf.ShouldBe([0.01, 0.03]);
        CraftedSet.Only(kept, [1, 2, 3, 4, 5, 6]).ShouldBe([1f, 2f, 5f, 6f]);
    }
}
