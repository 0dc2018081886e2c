using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AdvFit.Cli.Tests;

public sealed partial class RunTests : IDisposable
{
    private static readonly Lazy<byte[]> Uninterrupted = new(() =>
    {
        using var folder = new TemporaryFolder();
        return Complete(folder);
    });

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Running_a_completed_sweep_again_repeats_nothing_and_shows_the_same_results()
    {
        Complete(_folder).ShouldBe(Uninterrupted.Value);
        var again = BuiltProgram.Run(_folder, "run", "spec.yaml");
        again.Code.ShouldBe(ExitCodes.Done);
        again.Text.ShouldContain("3 of 3 shuffles are done");
        again.Text.ShouldNotContain("epoch 1/2");
        Json(_folder).ShouldBe(Uninterrupted.Value);
    }

    [Fact]
    public void Results_do_not_depend_on_the_number_of_slots() =>
        Complete(_folder, "--slots", "1").ShouldBe(Uninterrupted.Value);

    [Theory]
    [InlineData("tiny-")]
    [InlineData("shuffle 1  epoch 1/2")]
    [InlineData("fgsm fooled")]
    [InlineData("deepfool fooled")]
    [InlineData("done (1 of 3)")]
    public void A_sweep_killed_at_any_moment_and_run_again_has_the_same_results(string moment)
    {
        _folder.Write("spec.yaml", TinySpec.Text);
        BuiltProgram.RunUntil(moment, process => process.Kill(), _folder, "run", "spec.yaml").ShouldNotBeNull();
        Complete(_folder).ShouldBe(Uninterrupted.Value);
    }

    [Fact]
    public void A_sweep_killed_again_and_again_has_the_same_results()
    {
        _folder.Write("spec.yaml", TinySpec.Text);
        foreach (var moment in new[] { "epoch 1/2", "epoch 2/2", "fooled", "done (" })
        {
            BuiltProgram.RunUntil(moment, process => process.Kill(), _folder, "run", "spec.yaml", "--slots", "1")
                .ShouldNotBeNull();
        }

        Complete(_folder).ShouldBe(Uninterrupted.Value);
    }

    [Fact]
    public void A_sweep_extended_step_by_step_has_the_same_results()
    {
        _folder.Write("spec.yaml", TinySpec.Text);
        BuiltProgram.Run(_folder, "run", "spec.yaml", "--shuffles", "1").Code.ShouldBe(ExitCodes.Done);
        Complete(_folder).ShouldBe(Uninterrupted.Value);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(15)]
    public void A_signal_stops_at_a_safe_point_and_the_sweep_can_continue(int signal)
    {
        _folder.Write("spec.yaml", TinySpec.Text.Replace("shuffles: 3", "shuffles: 300", StringComparison.Ordinal));
        BuiltProgram.RunUntil("epoch 1/2", process => Send(process, signal), _folder, "run", "spec.yaml")
            .ShouldBe(ExitCodes.Stopped);
        var status = BuiltProgram.Run(_folder, "status");
        status.Text.ShouldContain("interrupted");
    }

    private static byte[] Complete(TemporaryFolder folder, params string[] options)
    {
        folder.Write("spec.yaml", TinySpec.Text);
        var ended = BuiltProgram.Run(folder, ["run", "spec.yaml", .. options]);
        ended.Error.ShouldBe("");
        ended.Code.ShouldBe(ExitCodes.Done);
        return Json(folder);
    }

    private static byte[] Json(TemporaryFolder folder)
    {
        var results = BuiltProgram.Run(folder, "results", TinySpec.Name, "--json");
        results.Code.ShouldBe(ExitCodes.Done);
        return results.Output;
    }

    private static void Send(Process process, int signal) => Kill(process.Id, signal).ShouldBe(0);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
