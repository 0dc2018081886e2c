using System.Text.Json;

namespace AdvFit.Cli.Tests;

public sealed class OutputTests : IClassFixture<OutputTests.CompletedSweep>
{
    private const int PipeWidth = 80;

    private readonly CompletedSweep _sweep;

    public OutputTests(CompletedSweep sweep) => _sweep = sweep;

    [Theory]
    [InlineData("run spec.yaml")]
    [InlineData("results")]
    [InlineData("show")]
    [InlineData("status")]
    [InlineData("plan spec.yaml")]
    [InlineData("data list")]
    [InlineData("--help")]
    [InlineData("run --help")]
    public void What_is_piped_is_plain_text_of_80_columns(string line)
    {
        var ended = BuiltProgram.Run(_sweep.Folder, line.Split(' '));
        ended.Code.ShouldBe(ExitCodes.Done);
        ended.Error.ShouldBe("");
        ended.Text.ShouldNotContain('\u001b');
        // Paths are not broken, so that they can be copied.
        ended.Text.Split('\n').Where(text => !text.Contains(_sweep.Folder.Path, StringComparison.Ordinal))
            .ShouldAllBe(text => text.Length <= PipeWidth);
        if (!line.EndsWith("--help", StringComparison.Ordinal))
        {
            ended.Text.Split('\n').ShouldAllBe(text => text.TrimEnd() == text);
        }
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("run", true)]
    [InlineData("dashboard", true)]
    [InlineData("bench", false)]
    [InlineData("gc", false)]
    [InlineData("data list", false)]
    public void Help_offers_a_server_where_one_is_taken(string command, bool isTaken)
    {
        string[] words = [.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"];
        BuiltProgram.Run(_sweep.Folder, words).Text.Contains("--server", StringComparison.Ordinal).ShouldBe(isTaken);
    }

    [Fact]
    public void Results_name_every_subset_and_attack_and_where_the_files_are()
    {
        var text = BuiltProgram.Run(_sweep.Folder, "results").Text;
        foreach (var word in new[] { "train", "test", "fail", "fgsm", "deepfool", "fgsm - fail", "Welch p", "Holm", "paired" })
        {
            text.ShouldContain(word);
        }

        text.ShouldContain("claim");
        text.ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal).ShouldContain(_sweep.Folder["store"]);
    }

    [Theory]
    [InlineData("tiny")]
    [InlineData("tiny-")]
    [InlineData("spec.yaml")]
    public void A_sweep_is_found_by_name_beginning_or_spec(string asked) =>
        BuiltProgram.Run(_sweep.Folder, "results", asked, "--json").Output
            .ShouldBe(BuiltProgram.Run(_sweep.Folder, "results", "--json").Output);

    [Fact]
    public void Status_lists_the_sweep_for_programs()
    {
        using var json = JsonDocument.Parse(BuiltProgram.Run(_sweep.Folder, "status", "--json").Output);
        var sweep = json.RootElement.GetProperty("sweeps").EnumerateArray().ShouldHaveSingleItem();
        sweep.GetProperty("id").GetString().ShouldStartWith("tiny-");
        sweep.GetProperty("name").GetString().ShouldBe("tiny");
        sweep.GetProperty("state").GetString().ShouldBe("completed");
        sweep.GetProperty("completed").GetInt32().ShouldBe(3);
        sweep.GetProperty("failed").GetInt32().ShouldBe(0);
        sweep.GetProperty("total").GetInt32().ShouldBe(3);
        sweep.GetProperty("updated").GetDateTimeOffset()
            .ShouldBeGreaterThanOrEqualTo(sweep.GetProperty("created").GetDateTimeOffset());
    }

    [Fact]
    public void Status_of_no_store_is_an_empty_list()
    {
        using var empty = new TemporaryFolder();
        using var json = JsonDocument.Parse(BuiltProgram.Run(empty, "status", "--json").Output);
        json.RootElement.GetProperty("sweeps").GetArrayLength().ShouldBe(0);
        Directory.Exists(empty["store"]).ShouldBeFalse();
    }

    [Fact]
    public void Every_file_that_show_names_is_there_with_its_length()
    {
        using var json = JsonDocument.Parse(BuiltProgram.Run(_sweep.Folder, "show", "--json").Output);
        var root = json.RootElement;
        root.GetProperty("interruptions").GetInt32().ShouldBe(0);
        root.GetProperty("sessions").GetArrayLength().ShouldBe(1);
        root.GetProperty("stages").EnumerateArray().Select(stage => stage.GetProperty("stage").GetString())
            .ShouldBe(["train", "attack fgsm", "attack deepfool", "evaluate"], ignoreOrder: true);
        var folder = root.GetProperty("folder").GetString()!;
        var named = root.GetProperty("shuffles").EnumerateArray()
            .SelectMany(shuffle => shuffle.GetProperty("files").EnumerateArray())
            .ToDictionary(
                file => Path.GetFullPath(Path.Combine(folder, file.GetProperty("path").GetString()!)),
                file => file.GetProperty("bytes").GetInt64());
        var there = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .ToDictionary(file => file, file => new FileInfo(file).Length);
        named.ShouldBe(there, ignoreOrder: true);
    }

    [Fact]
    public void Tables_are_written_as_CSV_where_asked()
    {
        using var target = new TemporaryFolder();
        var ended = BuiltProgram.Run(_sweep.Folder, "results", "--csv", target["tables"]);
        ended.Code.ShouldBe(ExitCodes.Done);
        ended.Output.ShouldBeEmpty();
        File.ReadLines(Path.Combine(target["tables"], "deltas.csv")).Count().ShouldBeGreaterThan(1);
    }

    [Fact]
    public void A_name_with_markup_is_shown_as_it_is()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["[red]data[[/]"]);
        folder.Write("spec.yaml", TinySpec.Text.Replace(
            "fashion-mnist-mini", "'./[red]data[[/]'", StringComparison.Ordinal));
        var ended = BuiltProgram.Run(folder, "run", "spec.yaml");
        ended.Code.ShouldBe(ExitCodes.BadInput);
        ended.Error.ShouldContain("[red]data[[/]");
    }

    /// <summary>One sweep that the tests only read.</summary>
    public sealed class CompletedSweep : IDisposable
    {
        public CompletedSweep()
        {
            Folder.Write("spec.yaml", TinySpec.Text);
            BuiltProgram.Run(Folder, "run", "spec.yaml").Code.ShouldBe(ExitCodes.Done);
        }

        public TemporaryFolder Folder { get; } = new();

        public void Dispose() => Folder.Dispose();
    }
}
