using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Housekeeping;

namespace AdvFit.Sweeps.Tests.Housekeeping;

public class SpareFilesTests
{
    // Epoch 1 has fewer correct test samples than epoch 2: M is 2.
    private static readonly ShuffleRecord Record = ShuffleRecord.Empty
        .With(Some.Epoch(1, 1, 1) with { TestCorrect = 6 }).With(Some.Epoch(1, 1, 2)).With(Some.Crafted(1, 1, "fgsm"));

    [Theory]
    [InlineData(CheckpointsKept.All, AdversarialKept.All, "")]
    [InlineData(CheckpointsKept.Reference, AdversarialKept.All, "c1 o2")]
    [InlineData(CheckpointsKept.None, AdversarialKept.All, "c1 c2 o2")]
    [InlineData(CheckpointsKept.All, AdversarialKept.None, "fgsm-images")]
    [InlineData(CheckpointsKept.None, AdversarialKept.None, "c1 c2 fgsm-images o2")]
    public void What_goes_is_what_the_policy_does_not_keep_and_never_a_per_sample_outcome(
        CheckpointsKept checkpoints, AdversarialKept adversarial, string names) =>
        Names(DiscardableFiles.Of(Record, new KeepPolicy(checkpoints, adversarial))).ShouldBe(names);

    [Fact]
    public void What_was_given_up_before_is_not_there_to_go_unless_it_was_computed_again()
    {
        var none = new KeepPolicy(CheckpointsKept.None, AdversarialKept.None);
        var freed = Record.WithoutFiles(DiscardableFiles.Of(Record, none).Select(spare => spare.File.Path));

        Names(DiscardableFiles.Of(freed, none)).ShouldBe("");
        freed.Files.Select(file => file.File.Path[..^"-0123456789ab.bin".Length]).ShouldBe(["p1", "p2", "fgsm-samples"]);
        Names(DiscardableFiles.Of(freed.With(Some.Epoch(1, 2, 2)), none)).ShouldBe("c2 o2");
    }

    private static string Names(IEnumerable<(FreedKind Kind, Artifact File)> spare) => string.Join(
        ' ', spare.Select(file => file.File.Path[..^"-0123456789ab.bin".Length]).Order(StringComparer.Ordinal));
}
