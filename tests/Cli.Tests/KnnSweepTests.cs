using System.Text.Json;

namespace AdvFit.Cli.Tests;

/// <summary>A small k-NN sweep through every command.</summary>
public sealed class KnnSweepTests : IClassFixture<KnnSweepTests.CompletedSweep>
{
    private const string Spec = """
        name: tiny-knn
        dataset: fashion-mnist-mini
        subsample: { train: 640, test: 320 }
        classifier: knn
        neighbours: { z: 5 }
        network: lenet5
        training: { epochs: 2 }
        attacks: [fgsm, { attack: hopskipjump, samples: 40, set: { query_budget: 100 } }]
        shuffles: 3
        seed: 7
        """;

    private const int PipeWidth = 80;

    private readonly CompletedSweep _sweep;

    public KnnSweepTests(CompletedSweep sweep) => _sweep = sweep;

    [Theory]
    [InlineData("run spec.yaml")]
    [InlineData("results")]
    [InlineData("show")]
    [InlineData("plan spec.yaml")]
    public void What_is_piped_is_plain_text_of_80_columns(string line)
    {
        var ended = BuiltProgram.Run(_sweep.Folder, line.Split(' '));
        ended.Error.ShouldBe("");
        ended.Code.ShouldBe(ExitCodes.Done);
        ended.Text.Split('\n').Where(text => !text.Contains(_sweep.Folder.Path, StringComparison.Ordinal))
            .ShouldAllBe(text => text.Length <= PipeWidth && text.TrimEnd() == text);
    }

    [Fact]
    public void Results_speak_of_neighbours_and_slopes_and_of_no_epochs_of_M()
    {
        var text = BuiltProgram.Run(_sweep.Folder, "results").Text;
        foreach (var word in new[]
        {
            "k-NN, K = 5 (Z) down to 1", "by number of neighbours K", "K = 3", "fool Z-NN too", "S_3", "S_1 fgsm", "infinite",
            "Welch p", "by construction", "hopskipjump - fail",
        })
        {
            text.ShouldContain(word);
        }

        text.ShouldNotContain("epoch of M");
        text.ShouldNotContain("the last epoch");
    }

    [Fact]
    public void The_plan_counts_distances_and_what_Z_nearest_neighbours_get_right()
    {
        var text = BuiltProgram.Run(_sweep.Folder, "plan", "spec.yaml", "--shuffles", "4").Text;
        // (640 train + 320 test + 320 + 40 attacked) x 640
        text.ShouldContain("distances, at most");
        text.ShouldContain("844,800");
        text.ReplaceLineEndings(" ").ShouldContain("5-NN got");
    }

    [Theory]
    [InlineData("fgsm fooled")]
    [InlineData("5-NN has")]
    [InlineData("fgsm right")]
    [InlineData("done (1 of 3)")]
    public void Killed_at_any_stage_and_run_again_it_has_the_same_results(string moment)
    {
        using var folder = new TemporaryFolder();
        folder.Write("spec.yaml", Spec);
        BuiltProgram.RunUntil(moment, process => process.Kill(), folder, "run", "spec.yaml").ShouldNotBeNull();
        BuiltProgram.Run(folder, "run", "spec.yaml").Code.ShouldBe(ExitCodes.Done);
        BuiltProgram.Run(folder, "results", "--json").Output
            .ShouldBe(BuiltProgram.Run(_sweep.Folder, "results", "--json").Output);
    }

    [Fact]
    public void Every_file_that_show_names_is_there_and_every_stage_has_its_time()
    {
        using var json = JsonDocument.Parse(BuiltProgram.Run(_sweep.Folder, "show", "--json").Output);
        var root = json.RootElement;
        root.GetProperty("stages").EnumerateArray().Select(stage => stage.GetProperty("stage").GetString()).ShouldBe(
        [
            "train", "neighbours test", "neighbours train", "attack fgsm", "attack hopskipjump", "transfer fgsm",
            "transfer hopskipjump", "evaluate",
        ], ignoreOrder: true);
        var folder = root.GetProperty("folder").GetString()!;
        root.GetProperty("shuffles").EnumerateArray().SelectMany(shuffle => shuffle.GetProperty("files").EnumerateArray())
            .Select(file => Path.GetFullPath(Path.Combine(folder, file.GetProperty("path").GetString()!)))
            .ShouldBe(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories), ignoreOrder: true);
    }

    [Fact]
    public void Slopes_and_p_values_are_written_as_CSV()
    {
        using var target = new TemporaryFolder();
        BuiltProgram.Run(_sweep.Folder, "results", "--csv", target["tables"]).Code.ShouldBe(ExitCodes.Done);
        // 3 shuffles x 5 subsets x 2 slopes, 2 attacks x 2 slopes, and their headers.
        File.ReadLines(Path.Combine(target["tables"], "slopes.csv")).Count().ShouldBe(31);
        File.ReadLines(Path.Combine(target["tables"], "p-values.csv")).Count().ShouldBe(5);
    }

    [Fact]
    public void More_neighbours_than_train_images_are_refused()
    {
        using var folder = new TemporaryFolder();
        folder.Write("spec.yaml", Spec.Replace("z: 5", "z: 641", StringComparison.Ordinal));
        var ended = BuiltProgram.Run(folder, "run", "spec.yaml");
        ended.Code.ShouldBe(ExitCodes.BadInput);
        ended.Error.ShouldContain("`neighbours` asks for 641 of each image, but there are 640 train images");
    }

    /// <summary>One sweep that the tests only read.</summary>
    public sealed class CompletedSweep : IDisposable
    {
        public CompletedSweep()
        {
            Folder.Write("spec.yaml", Spec);
            BuiltProgram.Run(Folder, "run", "spec.yaml").Code.ShouldBe(ExitCodes.Done);
        }

        public TemporaryFolder Folder { get; } = new();

        public void Dispose() => Folder.Dispose();
    }
}
