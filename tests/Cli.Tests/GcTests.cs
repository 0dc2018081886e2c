using System.Text.Json;

namespace AdvFit.Cli.Tests;

/// <summary>What <c>advfit gc</c> frees, and that nothing of a sweep is lost by it.</summary>
public sealed class GcTests : IDisposable
{
    private const string Frugal = $$"""
        {{TinySpec.Text}}
        keep: { checkpoints: reference, adversarial: none }
        """;

    private static readonly string OneAttack =
        Frugal.Replace("[fgsm, { attack: deepfool, samples: 20 }]", "[fgsm]", StringComparison.Ordinal);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_not_kept_is_freed_and_an_extension_computes_it_again_to_the_same_bytes()
    {
        _folder.Write("whole.yaml", Frugal);
        Done("run", "whole.yaml", "--store", "other");
        var (results, files) = (Done("results", "--json", "--store", "other"), Files("other"));
        _folder.Write("spec.yaml", OneAttack);
        Done("run", "spec.yaml");
        var before = Done("results", "--json");

        Refused(ExitCodes.BadInput, "gc").ShouldContain("--yes");
        var found = Done("gc", "--json");
        found.ShouldContain("\"freed\": false");
        Files("store").Count.ShouldBe(3 * 7);
        Done("gc", "--yes").ShouldContain("are freed");

        // Of each shuffle the checkpoint of M, both epochs' predictions and the per-sample outcomes are left.
        Files("store").Count.ShouldBe(3 * 4);
        using (var report = JsonDocument.Parse(found))
        {
            report.RootElement.GetProperty("files").GetInt32().ShouldBe(3 * 3);
            report.RootElement.GetProperty("bytes").GetInt64().ShouldBeGreaterThan(0);
        }

        Done("results", "--json").ShouldBe(before);
        Done("repair").ShouldContain("all are whole");
        Done("gc").ShouldContain("nothing to free");

        _folder.Write("spec.yaml", Frugal);
        var extended = Done("run", "spec.yaml");
        extended.ShouldContain("files that were freed are computed again first");
        extended.ShouldContain("shuffle 3  deepfool fooled");
        Done("results", "--json").ShouldBe(results);
        Files("store").ShouldBe(files);
        Done("gc", "tiny", "--yes").ShouldContain("are freed");
        Done("repair").ShouldContain("all are whole");
    }

    [Fact]
    public void Files_that_no_event_names_are_freed_and_no_others()
    {
        _folder.Write("spec.yaml", TinySpec.Text);
        Done("run", "spec.yaml", "--shuffles", "1");
        var files = Files("store");
        var sweep = Directory.GetDirectories(Path.Combine(_folder["store"], "sweeps")).Single();
        File.WriteAllText(Path.Combine(sweep, "shuffle-01", "epoch-09-0123456789ab.safetensors"), "left");
        Directory.CreateDirectory(Path.Combine(sweep, "shuffle-09"));
        File.WriteAllText(Path.Combine(sweep, "shuffle-09", "epoch-01-0123456789ab.safetensors"), "left");
        Directory.CreateDirectory(Path.Combine(sweep, ".partial"));
        File.WriteAllText(Path.Combine(sweep, ".partial", "1"), "left");
        Directory.CreateDirectory(Path.Combine(_folder["store"], "sweeps", "lost-12345678"));
        File.WriteAllText(Path.Combine(_folder["store"], "sweeps", "lost-12345678", "x"), "left");

        var report = Done("gc", "--json", "--yes");

        report.ShouldContain("\"freed\": true");
        report.ShouldContain("\"files\": 4");
        report.ShouldContain("\"kind\": \"temporary\"");
        Files("store").ShouldBe(files);
    }

    [Fact]
    public void A_change_of_what_is_kept_is_all_that_a_completed_sweep_needs()
    {
        _folder.Write("spec.yaml", TinySpec.Text);
        Done("run", "spec.yaml", "--shuffles", "1");
        Done("gc", "--yes").ShouldContain("nothing to free");
        _folder.Write("spec.yaml", Frugal);

        Done("run", "spec.yaml", "--shuffles", "1").ShouldContain("is to keep the checkpoint of epoch M");

        Done("list").ShouldContain("completed");
        Done("gc", "--yes").ShouldContain("are freed");
    }

    [Fact]
    public void Killed_while_it_frees_it_has_lost_nothing_and_goes_on_the_next_time()
    {
        _folder.Write("spec.yaml", Frugal);
        Done("run", "spec.yaml", "--shuffles", "2");
        var results = Done("results", "--json");
        foreach (var moment in new[] { 1, 2, 3, 5 })
        {
            BuiltProgram.Run(_folder, moment, ["gc", "--yes"]).Code.ShouldBe(128 + 9, $"moment {moment}");
            Done("repair").ShouldContain("all are whole", customMessage: $"moment {moment}");
        }

        Done("gc", "--yes").ShouldContain("are freed");

        Done("gc").ShouldContain("nothing to free");
        Done("results", "--json").ShouldBe(results);
        Files("store").Count.ShouldBe(2 * 5);
    }

    [Fact]
    public void Nothing_is_freed_while_a_process_works_on_the_store()
    {
        _folder.Write("spec.yaml", Frugal.Replace("shuffles: 3", "shuffles: 50", StringComparison.Ordinal));
        BuiltProgram.RunUntil(
            "done (1 of",
            process =>
            {
                Refused(ExitCodes.StoreTrouble, "gc", "--yes").ShouldContain($"in use by process {process.Id}");
                process.Kill();
            },
            _folder, "run", "spec.yaml").ShouldNotBeNull();
    }

    private string Done(params string[] arguments) => BuiltProgram.Done(_folder, arguments);

    private string Refused(int code, params string[] arguments) => BuiltProgram.Refused(_folder, code, arguments);

    /// <summary>Every artifact with its contents.</summary>
    private SortedDictionary<string, string> Files(string store) => new(Directory
        .EnumerateFiles(Path.Combine(_folder[store], "sweeps"), "*", SearchOption.AllDirectories)
        .ToDictionary(path => Path.GetRelativePath(_folder[store], path), path => Convert.ToBase64String(File.ReadAllBytes(path))));
}
