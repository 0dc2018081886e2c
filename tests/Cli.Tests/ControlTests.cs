using Microsoft.Data.Sqlite;

namespace AdvFit.Cli.Tests;

/// <summary>Commands given to a sweep that another process runs, and to one that nobody does.</summary>
public sealed class ControlTests : IDisposable
{
    private static readonly string Long = TinySpec.Text.Replace("shuffles: 3", "shuffles: 300", StringComparison.Ordinal);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_running_sweep_is_paused_resumed_and_cancelled_from_outside()
    {
        _folder.Write("spec.yaml", Long);
        var code = BuiltProgram.RunUntil(
            "epoch 1/2",
            process =>
            {
                Done("pause").ShouldContain($"process {process.Id} stops once");
                Done("list").ShouldContain("paused");
                Refused("forget", TinySpec.Name, "--yes").ShouldContain($"is being worked on by process {process.Id}");
                Refused("rerun", "--stage", "attack:deepfol").ShouldContain("did you mean `attack:deepfool`?");
                Done("resume").ShouldContain($"goes on in process {process.Id}");
                Done("list").ShouldContain("running");
                Done("cancel").ShouldContain($"process {process.Id} ends");
            },
            _folder, "run", "spec.yaml");

        code.ShouldBe(ExitCodes.Stopped);
        Done("list").ShouldContain("cancelled");
        Refused("run", "spec.yaml").ShouldContain("was cancelled");
        Refused("pause").ShouldContain("is cancelled");
    }

    [Fact]
    public void A_sweep_that_nobody_runs_is_paused_and_cancelled_and_resumed_here()
    {
        _folder.Write("spec.yaml", TinySpec.Text);
        BuiltProgram.RunUntil("epoch 1/2", process => process.Kill(), _folder, "run", "spec.yaml").ShouldNotBeNull();

        Done("pause").ShouldContain("is paused; `advfit resume tiny-");
        Done("list").ShouldContain("paused");
        Done("cancel").ShouldContain("0 shuffles of 3 done stay");
        Done("resume").ShouldContain("done (3 of 3)");
        Done("list").ShouldContain("completed");
    }

    [Fact]
    public void What_is_done_again_is_the_same_to_the_last_bit_and_the_rest_is_not_touched()
    {
        _folder.Write("spec.yaml", TinySpec.Text);
        Done("run", "spec.yaml");
        var (results, files) = (BuiltProgram.Run(_folder, "results", "--json").Output, Files());

        var rerun = Done("rerun", "--shuffle", "2", "--stage", "attack:deepfool");
        rerun.ShouldContain("shuffle 2  deepfool fooled");
        rerun.ShouldNotContain("fgsm fooled");
        rerun.ShouldNotContain("epoch 1/2");
        BuiltProgram.Run(_folder, "results", "--json").Output.ShouldBe(results);
        Done("rerun", "--all").ShouldContain("epoch 1/2");

        BuiltProgram.Run(_folder, "results", "--json").Output.ShouldBe(results);
        Files().ShouldBe(files);
        Refused("rerun", "--failed").ShouldContain("No shuffle failed");
        Refused("rerun", "--shuffle", "4").ShouldContain("There is no shuffle 4");
    }

    [Fact]
    public void Damaged_and_missing_files_are_named_and_computed_again_and_nothing_else_is()
    {
        _folder.Write("spec.yaml", TinySpec.Text);
        Done("run", "spec.yaml");
        var results = BuiltProgram.Run(_folder, "results", "--json").Output;
        var files = Files();
        Done("repair").ShouldContain("all are whole");
        var cut = files.Keys.Single(path => path.Contains("shuffle-01/epoch-02-", StringComparison.Ordinal) && path.EndsWith(".npy", StringComparison.Ordinal));
        var gone = files.Keys.Single(path => path.Contains("shuffle-03/fgsm-samples", StringComparison.Ordinal));
        File.WriteAllBytes(Path.Combine(_folder["store"], cut), [1, 2, 3]);
        File.Delete(Path.Combine(_folder["store"], gone));

        var report = Done("repair");
        report.ShouldContain(Path.GetFileName(cut));
        report.ShouldContain(Path.GetFileName(gone));
        var resumed = Done("resume");

        resumed.ShouldContain("shuffle 1  epoch 1/2");
        resumed.ShouldContain("shuffle 3  fgsm fooled");
        resumed.ShouldNotContain("shuffle 2  epoch");
        resumed.ShouldNotContain("shuffle 3  epoch");
        resumed.ShouldNotContain("deepfool fooled");
        BuiltProgram.Run(_folder, "results", "--json").Output.ShouldBe(results);
        Files().ShouldBe(files);
    }

    [Fact]
    public void A_damaged_journal_is_named_and_rebuilt_and_what_it_lost_computed_again()
    {
        _folder.Write("spec.yaml", TinySpec.Text);
        Done("run", "spec.yaml");
        var results = BuiltProgram.Run(_folder, "results", "--json").Output;
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(_folder["store"], "journal.db")};Pooling=False"))
        {
            connection.Open();
            using var command = new SqliteCommand(
                "UPDATE events SET body = replace(body, 'mean_loss', 'mean_lost') WHERE type = 'epoch-trained.1' "
                + "AND body ->> '$.shuffle' = 2 AND body ->> '$.epoch' = 2",
                connection);
            command.ExecuteNonQuery().ShouldBe(1);
        }

        Refused(ExitCodes.StoreTrouble, "list").ShouldContain("is damaged at event ");
        Done("repair").ShouldContain("the journal is rebuilt");
        var resumed = Done("resume");
        resumed.ShouldContain("shuffle 2  epoch 2/2");
        resumed.ShouldNotContain("shuffle 1  epoch");

        BuiltProgram.Run(_folder, "results", "--json").Output.ShouldBe(results);
    }

    [Fact]
    public void A_sweep_is_followed_by_another_process_until_it_ends()
    {
        _folder.Write("spec.yaml", TinySpec.Text.Replace("shuffles: 3", "shuffles: 20", StringComparison.Ordinal));
        BuiltProgram.RunUntil(
            "epoch 1/2",
            _ =>
            {
                var watched = BuiltProgram.Run(_folder, "watch");
                watched.Code.ShouldBe(ExitCodes.Done);
                watched.Text.ShouldContain("of 20 shuffles done");
                watched.Text.ShouldContain("done (20 of 20)");
                watched.Text.ShouldContain("is completed, 20 of 20 shuffles done");
            },
            _folder, "run", "spec.yaml", "--slots", "1").ShouldBe(ExitCodes.Done);
    }

    [Fact]
    public void Watching_what_nobody_runs_says_so()
    {
        _folder.Write("spec.yaml", Long);
        BuiltProgram.RunUntil("epoch 1/2", process => process.Kill(), _folder, "run", "spec.yaml").ShouldNotBeNull();

        var watched = BuiltProgram.Run(_folder, "watch");

        watched.Code.ShouldBe(ExitCodes.Stopped);
        watched.Text.ShouldContain("nobody works on it");
    }

    [Fact]
    public void A_forgotten_sweep_is_gone_with_its_files_and_can_be_begun_anew()
    {
        _folder.Write("spec.yaml", TinySpec.Text);
        Done("run", "spec.yaml", "--shuffles", "1");
        Refused("forget", TinySpec.Name).ShouldContain("--yes");

        Done("forget", TinySpec.Name, "--yes").ShouldContain("is forgotten");

        Directory.EnumerateFiles(Path.Combine(_folder["store"], "sweeps"), "*", SearchOption.AllDirectories).ShouldBeEmpty();
        Done("list").ShouldContain("There are no sweeps");
        Done("run", "spec.yaml", "--shuffles", "1").ShouldContain("done (1 of 1)");
    }

    [Fact]
    public void A_changed_spec_says_what_differs_and_what_is_used_again()
    {
        _folder.Write("spec.yaml", TinySpec.Text);
        Done("run", "spec.yaml", "--shuffles", "1");

        Done("run", "spec.yaml", "--shuffles", "2").ShouldContain("adds shuffles 2 to 2; what is done is used again: train 2,");
        _folder.Write("spec.yaml", TinySpec.Text.Replace("seed: 7", "seed: 8", StringComparison.Ordinal));
        Done("plan", "spec.yaml").ShouldContain("seed (7 there, 8 asked");
    }

    [Theory]
    [InlineData("rerun")]
    [InlineData("rerun --all --failed")]
    [InlineData("rerun --shuffle 3-1")]
    [InlineData("rerun --shuffle x")]
    [InlineData("run spec.yaml --keep-going --fail-fast")]
    [InlineData("forget")]
    public void A_wrong_command_line_is_refused(string line) =>
        BuiltProgram.Run(_folder, line.Split(' ')).Code.ShouldBe(ExitCodes.BadInput);

    private string Done(params string[] arguments) => BuiltProgram.Done(_folder, arguments);

    private string Refused(params string[] arguments) => Refused(ExitCodes.BadInput, arguments);

    private string Refused(int code, params string[] arguments) => BuiltProgram.Refused(_folder, code, arguments);

    /// <summary>Every artifact with its contents.</summary>
    private Dictionary<string, string> Files() => Directory
        .EnumerateFiles(Path.Combine(_folder["store"], "sweeps"), "*", SearchOption.AllDirectories)
        .ToDictionary(path => Path.GetRelativePath(_folder["store"], path), path => Convert.ToBase64String(File.ReadAllBytes(path)));
}
