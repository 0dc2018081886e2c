using AdvFit.Learning.Data;
using AdvFit.Messages;

namespace AdvFit.Experiments.Tests;

/// <summary>
/// The bytes of every file of one shuffle of each workflow, under all attacks: the same from version to version, on every
/// machine and vector width. A failure means that sweeps begun with an older version would not continue to the same results.
/// </summary>
public sealed class Golden_artifacts
{
    private static readonly Dataset s_data = DatasetLoader.Load(DatasetFolders.Locate(null), "fashion-mnist-mini");

    private static readonly SweepSpec s_cnn = new(
        "golden", "fashion-mnist-mini", new Subsample(640, 320), "lenet5", new TrainingSpec(2, 32, 0.003),
        [
            ShuffleRun.Attack("fgsm", null), ShuffleRun.Attack("deepfool", null, ("max_iterations", 20)),
            ShuffleRun.Attack("carlini-wagner", 64, ("max_iterations", 5)) with { Label = "cw-line" },
            ShuffleRun.Attack("carlini-wagner", 64, ("line_search", 0), ("binary_search_steps", 2), ("max_iterations", 5)),
            ShuffleRun.Attack("hopskipjump", 64, ("query_budget", 150)),
        ], 2, 2020);

    private static readonly SweepSpec s_knn = s_cnn with { Knn = new KnnSpec(5, TieRules.Nearest, EpochChoices.BestTest) };

    [Fact]
    public void A_shuffle_of_the_CNN_workflow_has_the_bytes_that_it_always_had() => ShouldBeAsEver("cnn", s_cnn);

    [Fact]
    public void A_shuffle_of_the_kNN_workflow_has_the_bytes_that_it_always_had() => ShouldBeAsEver("knn", s_knn);

    private static void ShouldBeAsEver(string name, SweepSpec sweep)
    {
        var run = new ShuffleRun(sweep, s_data);
        run.Execute(ShuffleRecord.Empty);
        var files = run.Artifacts.Files.Keys.Order(StringComparer.Ordinal);
        Repository.ShouldHold($"tests/Experiments.Tests/golden/{name}.txt", $"{string.Join('\n', files)}\n{ShuffleRun.Json(run.Outcome)}\n");
    }
}
