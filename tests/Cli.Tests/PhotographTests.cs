using System.Text.Json;

namespace AdvFit.Cli.Tests;

/// <summary>Sweeps on a folder of photographs.</summary>
public sealed class PhotographTests : IDisposable
{
    private const string Spec = """
        name: photos
        dataset: ./mine
        preprocess: { size: 75 }
        test_size: 12
        network: lenet5
        training: { epochs: 2 }
        attacks: [fgsm]
        shuffles: 1
        seed: 7
        """;

    private readonly TemporaryFolder _folder = new();

    /// <summary>A sixteenth of the pictures that come along.</summary>
    public PhotographTests()
    {
        _folder.Write("spec.yaml", Spec);
        var pictures = Path.Combine(AppContext.BaseDirectory, "data", "drawn-shapes");
        foreach (var file in Directory.EnumerateFiles(pictures, "*0.*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_folder["mine"], Path.GetRelativePath(pictures, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_sweep_is_run_and_repeated_and_its_results_say_how_the_images_were_made()
    {
        BuiltProgram.Done(_folder, "run", "spec.yaml").ShouldContain("mine: 40 of 40 photographs prepared");
        var results = Results();
        var rerun = BuiltProgram.Done(_folder, "rerun", "--all");

        rerun.ShouldNotContain("photographs prepared");
        Results().ShouldBe(results);
        using var json = JsonDocument.Parse(results);
        var (spec, data) = (json.RootElement.GetProperty("spec"), json.RootElement.GetProperty("data"));
        spec.GetProperty("preprocess").GetRawText().Where(letter => !char.IsWhiteSpace(letter))
            .ShouldBe("""{"size":75,"resize":"triangle","crop":1}""");
        spec.GetProperty("testSize").GetInt32().ShouldBe(12);
        (data.GetProperty("train").GetInt32(), data.GetProperty("test").GetInt32()).ShouldBe((28, 12));
        data.GetProperty("notes").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public void A_broken_photograph_is_named_and_left_out_where_that_is_asked_for()
    {
        var broken = Path.Combine(_folder["mine"], "train", "cross", "broken.jpg");
        File.WriteAllText(broken, "no photograph");
        foreach (var command in new[] { "run", "plan" })
        {
            BuiltProgram.Refused(_folder, ExitCodes.BadInput, command, "spec.yaml").ShouldBe(
                $"error: {broken} is neither a JPEG nor a PNG file; replace or remove it, or leave out all such files with --skip-broken.\n");
        }

        BuiltProgram.Done(_folder, "plan", "spec.yaml", "--skip-broken").ShouldContain("1 of 41 files were left out");
        BuiltProgram.Done(_folder, "run", "spec.yaml", "--skip-broken");
        var results = Results();

        results.ShouldContain("mine: 1 of 41 files were left out: train/cross/broken.jpg is neither a JPEG nor a PNG file");
        // What goes on leaves out the same.
        BuiltProgram.Done(_folder, "rerun", "--all");
        Results().ShouldBe(results);
        BuiltProgram.Refused(_folder, ExitCodes.BadInput, "run", "spec.yaml", "--skip-broken", "--server", "http://localhost:1")
            .ShouldContain("--skip-broken is for data that this machine reads");
    }

    private string Results() => BuiltProgram.Done(_folder, "results", "--json");
}
