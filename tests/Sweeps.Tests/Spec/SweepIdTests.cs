using AdvFit.Messages;
using AdvFit.Sweeps.Spec;

namespace AdvFit.Sweeps.Tests.Spec;

public class SweepIdTests
{
    public static TheoryData<SweepSpec> OtherExperiments =>
    [
        Some.Spec with { Dataset = "other" },
        Some.Spec with { Network = "lenet5-wide" },
        Some.Spec with { Seed = 1 },
        Some.Spec with { Subsample = null },
        Some.Spec with { Subsample = new Subsample(50, 11) },
        Some.Spec with { Training = Some.Spec.Training with { Epochs = 3 } },
        Some.Spec with { Training = Some.Spec.Training with { BatchSize = 33 } },
        Some.Spec with { Training = Some.Spec.Training with { LearningRate = 0.004 } },
        Some.Spec with { Training = Some.Spec.Training with { Beta1 = 0.91 } },
        Some.Spec with { Training = Some.Spec.Training with { Beta2 = 0.99 } },
        Some.Spec with { Training = Some.Spec.Training with { Epsilon = 1e-7 } },
        Some.Spec with { TestSize = 10 },
        Some.Spec with { Preprocess = new PreprocessSpec(75) },
        Some.KnnSpec,
    ];

    public static TheoryData<KnnSpec> OtherClassifiers =>
    [
        Some.KnnSpec.Knn! with { Z = 5 },
        Some.KnnSpec.Knn! with { Ties = TieRules.Nearest },
        Some.KnnSpec.Knn! with { Choose = EpochChoices.Last },
    ];

    [Theory]
    [MemberData(nameof(OtherClassifiers))]
    public void Another_k_NN_classifier_is_another_sweep(KnnSpec knn) =>
        SweepId.Of(Some.KnnSpec with { Knn = knn }).ShouldNotBe(SweepId.Of(Some.KnnSpec));

    [Fact]
    public void It_is_the_same_for_ever()
    {
        SweepId.Of(Some.Spec).ShouldBe("quick-1d2ee380");
        SweepId.Of(Some.KnnSpec).ShouldBe("quick-889a983e");
        SweepId.Of(Some.Spec with { Preprocess = new PreprocessSpec(128), TestSize = 500 }).ShouldBe("quick-7f26a49a");
    }

    [Fact]
    public void More_shuffles_or_other_attacks_are_the_same_sweep() =>
        SweepId.Of(Some.Spec with { Shuffles = 9, Attacks = [Some.Attack("b")] }).ShouldBe(SweepId.Of(Some.Spec));

    [Fact]
    public void What_housekeeping_keeps_is_no_part_of_it() => SweepId.Of(
        Some.Spec with { Keep = new KeepPolicy(CheckpointsKept.None, AdversarialKept.None) }).ShouldBe(SweepId.Of(Some.Spec));

    [Fact]
    public void Another_name_is_another_sweep() => SweepId.Of(Some.Spec with { Name = "b" }).ShouldStartWith("b-");

    [Theory]
    [MemberData(nameof(OtherExperiments))]
    public void Another_meaning_is_another_sweep(SweepSpec spec) => SweepId.Of(spec).ShouldNotBe(SweepId.Of(Some.Spec));
}
