using AdvFit.Messages;
using AdvFit.Sweeps.Spec;

namespace AdvFit.Sweeps.Tests.Spec;

public class KnnReaderTests
{
    private const string Common =
        """
        name: quick
        dataset: tiny
        network: lenet5
        attacks: [fgsm]
        shuffles: 6
        seed: 2020

        """;

    [Fact]
    public void Without_a_word_the_classifier_is_the_network()
    {
        Parse("").Knn.ShouldBeNull();
        SpecJson.Write(Parse("classifier: cnn")).ShouldBe(SpecJson.Write(Parse("")));
    }

    [Fact]
    public void K_NN_has_the_papers_Z_ties_to_the_smallest_class_and_ten_epochs_unless_the_spec_says_otherwise()
    {
        var spec = Parse("classifier: knn");
        spec.Knn.ShouldBe(new KnnSpec(7, "smallest", "best-test"));
        spec.Training.ShouldBe(new TrainingSpec(10, 32, 0.003));
    }

    [Fact]
    public void Every_value_of_k_NN_can_be_given()
    {
        var spec = Parse("classifier: knn\nneighbours: { z: 11, ties: nearest }\ntraining: { epochs: 4, choose: last }");
        spec.Knn.ShouldBe(new KnnSpec(11, "nearest", "last"));
        spec.Training.Epochs.ShouldBe(4);
    }

    [Theory]
    [InlineData("classifier: svm", "spec.yaml:7:13: `classifier` cannot be `svm`; there is `cnn`, `knn`")]
    [InlineData("classifier: kn\nneighbours: { z: 7 }", "spec.yaml:7:13: `classifier` cannot be `kn`; did you mean `knn`?")]
    [InlineData("classifier: knn\nneighbours: { z: 8 }", "spec.yaml:8:18: `z` must be odd, so that K = Z, Z - 2, .. ends at 1, not `8`")]
    [InlineData("classifier: knn\nneighbours: { z: 1 }", "spec.yaml:8:18: `z` must be a whole number from 3 to 999, not `1`")]
    [InlineData("classifier: knn\nneighbours: { tie: nearest }", "spec.yaml:8:15: `neighbours` has no `tie`; did you mean `ties`?")]
    [InlineData("classifier: knn\nneighbours: { ties: random }", "spec.yaml:8:21: `ties` cannot be `random`; there is `smallest`, `nearest`")]
    [InlineData("classifier: knn\ntraining: { choose: first }", "spec.yaml:8:21: `choose` cannot be `first`; there is `best-test`, `last`")]
    [InlineData("neighbours: { z: 7 }", "spec.yaml:7:13: `neighbours` is for k-NN sweeps; say `classifier: knn`, or leave it out")]
    [InlineData("training: { choose: last }", "spec.yaml:7:21: `choose` is for k-NN sweeps; say `classifier: knn`, or leave it out")]
    public void What_is_wrong_is_one_problem_at_its_place(string lines, string problem) =>
        Should.Throw<SpecException>(() => Parse(lines)).Problems.ShouldHaveSingleItem().ToString().ShouldBe(problem);

    private static SweepSpec Parse(string lines) => new SpecReader(Some.Vocabulary).Parse(Common + lines, "spec.yaml");
}
