using System.Diagnostics;
using System.Text.Json;

namespace AdvFit.Cli.Tests;

/// <summary>
/// Kills the program at every write of a small sweep and at random moments, resumes it, and compares. A sample of that
/// here; all of it with <c>./test.sh --full</c>, which sets the variable.
/// </summary>
public sealed class CrashTests : IDisposable
{
    private const string Spec = """
        name: tiny
        dataset: fashion-mnist-mini
        subsample: { train: 100, test: 50 }
        network: lenet5
        training: { epochs: 2 }
        attacks: [fgsm, { attack: deepfool, samples: 10 }]
        shuffles: 2
        seed: 7
        """;

    private const int RandomMoments = 100, RandomMomentsOfASample = 3;

    private static readonly bool IsFull = Environment.GetEnvironmentVariable("ADVFIT_FULL_TESTS") == "1";

    private static readonly int[] SampledWrites = [1, 3, 8, 19, 34, 51];

    private static readonly Lazy<(byte[] Results, TimeSpan Duration)> Uninterrupted = new(() =>
    {
        using var folder = new TemporaryFolder();
        folder.Write("spec.yaml", Spec);
        var clock = Stopwatch.StartNew();
        var results = Resume(folder);
        return (results, clock.Elapsed);
    });

    private TemporaryFolder _folder = New();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Killed_at_any_write_it_resumes_to_the_same_bytes_and_leaves_no_file_behind()
    {
        var moments = IsFull ? Enumerable.Range(1, int.MaxValue) : SampledWrites;
        foreach (var moment in moments)
        {
            var ended = BuiltProgram.Run(_folder, moment, ["run", "spec.yaml", "--slots", "1"]);
            if (IsFull && ended.Code == ExitCodes.Done)
            {
                moment.ShouldBeGreaterThan(SampledWrites[^1]);
                return;
            }

            ended.Code.ShouldBe(128 + 9, $"write {moment}");
            Check($"killed at write {moment}");
        }
    }

    [Fact]
    public void Killed_at_random_moments_it_resumes_to_the_same_bytes_and_leaves_no_file_behind()
    {
        var random = new Random(2020);
        for (var i = 0; i < (IsFull ? RandomMoments : RandomMomentsOfASample); i++)
        {
            var after = random.NextDouble() * Uninterrupted.Value.Duration;
            BuiltProgram.RunAndKill(after, _folder, "run", "spec.yaml");
            Check($"killed after {after}");
        }
    }

    private static TemporaryFolder New()
    {
        var folder = new TemporaryFolder();
        folder.Write("spec.yaml", Spec);
        return folder;
    }

    private static byte[] Resume(TemporaryFolder folder)
    {
        var ended = BuiltProgram.Run(folder, "run", "spec.yaml");
        ended.Error.ShouldBe("");
        ended.Code.ShouldBe(ExitCodes.Done);
        return BuiltProgram.Run(folder, "results", "--json").Output;
    }

    /// <summary>Resumes, compares the results, and finds exactly the files that the record names; then begins afresh.</summary>
    private void Check(string what)
    {
        Resume(_folder).ShouldBe(Uninterrupted.Value.Results, what);
        using var show = JsonDocument.Parse(BuiltProgram.Run(_folder, "show", "--json").Output);
        var folder = show.RootElement.GetProperty("folder").GetString()!;
        var recorded = show.RootElement.GetProperty("shuffles").EnumerateArray()
            .SelectMany(shuffle => shuffle.GetProperty("files").EnumerateArray())
            .Select(file => file.GetProperty("path").GetString()!).ToList();
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
            .ShouldBe(recorded, ignoreOrder: true, what);
        _folder.Dispose();
        _folder = New();
    }
}
