namespace AdvFit.Cli.Tests;

/// <summary>Whatever is wrong ends in one clear sentence and the documented exit code.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_missing_spec_is_named() =>
        Refused(ExitCodes.BadInput, "nowhere.yaml", "run", "nowhere.yaml");

    [Fact]
    public void A_typing_error_in_a_spec_is_placed_and_the_right_word_suggested()
    {
        _folder.Write("spec.yaml", TinySpec.Text.Replace("epochs", "epohcs", StringComparison.Ordinal));
        Refused(ExitCodes.BadInput, "spec.yaml:5:13: ", "run", "spec.yaml").ShouldContain("`epochs`");
    }

    [Fact]
    public void Every_problem_of_a_spec_gets_a_line()
    {
        _folder.Write(
            "spec.yaml",
            TinySpec.Text.Replace("epochs", "epohcs", StringComparison.Ordinal)
                .Replace("lenet5", "lenet6", StringComparison.Ordinal));
        var ended = BuiltProgram.Run(_folder, "run", "spec.yaml");
        ended.Code.ShouldBe(ExitCodes.BadInput);
        Lines(ended.Error).Length.ShouldBe(2);
    }

    [Fact]
    public void A_subsample_larger_than_the_data_is_refused()
    {
        _folder.Write("spec.yaml", TinySpec.Text.Replace("200", "20000", StringComparison.Ordinal));
        Refused(ExitCodes.BadInput, "10000", "run", "spec.yaml");
    }

    [Fact]
    public void A_truncated_IDX_file_is_named_with_the_place()
    {
        var data = Path.Combine(AppContext.BaseDirectory, "data", "fashion-mnist-mini");
        Directory.CreateDirectory(_folder["own"]);
        foreach (var file in Directory.EnumerateFiles(data, "*ubyte*"))
        {
            var bytes = File.ReadAllBytes(file);
            var kept = file.Contains("train-images", StringComparison.Ordinal) ? bytes[..(bytes.Length / 2)] : bytes;
            File.WriteAllBytes(Path.Combine(_folder["own"], Path.GetFileName(file)), kept);
        }

        _folder.Write("spec.yaml", TinySpec.Text.Replace("fashion-mnist-mini", "./own", StringComparison.Ordinal));
        Refused(ExitCodes.BadInput, "train-images", "run", "spec.yaml").ShouldContain("byte ");
        Directory.Exists(_folder["store"]).ShouldBeFalse();
    }

    [Fact]
    public void A_data_set_that_is_not_there_is_refused()
    {
        _folder.Write("spec.yaml", TinySpec.Text.Replace("fashion-mnist-mini", "mnist", StringComparison.Ordinal));
        var ended = BuiltProgram.Run(_folder, "run", "spec.yaml");
        ended.Code.ShouldBe(ExitCodes.BadInput);
        ended.Error.ShouldContain(_folder["data"]);
        ended.Error.ShouldNotContain("   at ");
    }

    [Fact]
    public void A_store_that_cannot_be_made_is_named()
    {
        _folder.Write("spec.yaml", TinySpec.Text);
        _folder.Write("store", "a file where the store's folder should be");
        Refused(ExitCodes.StoreTrouble, _folder["store"], "run", "spec.yaml");
    }

    [Fact]
    public void A_journal_that_is_no_journal_is_named()
    {
        _folder.Write("spec.yaml", TinySpec.Text);
        Directory.CreateDirectory(_folder["store"]);
        File.WriteAllText(Path.Combine(_folder["store"], "journal.db"), new string('x', 5000));
        Refused(ExitCodes.StoreTrouble, "journal.db", "run", "spec.yaml");
        Refused(ExitCodes.StoreTrouble, "journal.db", "status");
    }

    [Fact]
    public void A_second_process_on_a_store_is_told_who_has_it()
    {
        _folder.Write("spec.yaml", TinySpec.Text.Replace("shuffles: 3", "shuffles: 300", StringComparison.Ordinal));
        BuiltProgram.RunUntil(
            "epoch 1/2",
            first =>
            {
                Refused(ExitCodes.StoreTrouble, $"in use by process {first.Id}", "run", "spec.yaml");
                first.Kill();
            },
            _folder, "run", "spec.yaml").ShouldNotBeNull();
    }

    [Theory]
    [InlineData("results")]
    [InlineData("show")]
    public void Without_any_sweep_there_is_nothing_to_show(string command) =>
        Refused(ExitCodes.BadInput, _folder["store"], command);

    [Fact]
    public void An_unknown_data_set_is_refused_with_those_that_there_are() =>
        Refused(ExitCodes.BadInput, "cifar10", "data", "path", "cifar11");

    [Theory]
    [InlineData("run")]
    [InlineData("run spec.yaml --slots 0")]
    [InlineData("run spec.yaml --shuffles many")]
    [InlineData("rnu spec.yaml")]
    public void A_wrong_command_line_ends_with_the_way_to_the_help(string line)
    {
        var ended = BuiltProgram.Run(_folder, line.Split(' '));
        ended.Code.ShouldBe(ExitCodes.BadInput);
        ended.Output.ShouldBeEmpty();
        ended.Error.ShouldContain("--help");
        ended.Error.ShouldNotContain("   at ");
    }

    /// <summary>Runs the program, which has to refuse in one line, and returns that.</summary>
    private string Refused(int code, string mention, params string[] arguments)
    {
        var ended = BuiltProgram.Run(_folder, arguments);
        ended.Code.ShouldBe(code);
        var line = Lines(ended.Error).ShouldHaveSingleItem();
        line.ShouldContain(mention);
        line.ShouldNotContain("fault of its own");
        return line;
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
