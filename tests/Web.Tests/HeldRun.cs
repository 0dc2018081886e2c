using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AdvFit.Web.Tests;

/// <summary>
/// <c>advfit run</c> as a process of its own that is held where a test asks. It is alive and does nothing then, so that a browser,
/// which may be the slower of the two, sees what the test speaks of.
/// </summary>
internal sealed partial class HeldRun : IDisposable
{
    private static readonly (int Stop, int Continue) Signals = OperatingSystem.IsMacOS() ? (17, 19) : (19, 18);

    private readonly Process _process;

    private HeldRun(Process process) => _process = process;

    /// <summary>Starts one.</summary>
    /// <param name="program">In whose store.</param>
    /// <param name="spec">The path of the spec.</param>
    /// <param name="slots">How many shuffles run at once.</param>
    public static HeldRun Start(Program program, string spec, int slots)
    {
        var process = program.Start("run", spec, "--plain", "--slots", $"{slots}");
        // Read, lest it waits for somebody to.
        _ = process.StandardError.ReadToEndAsync();
        return new HeldRun(process);
    }

    /// <summary>Lets it go on until it says something, and holds it there.</summary>
    /// <param name="words">What its line contains.</param>
    public void HoldAt(string words)
    {
        Send(_process.Id, Signals.Continue).ShouldBe(0);
        string? line;
        do
        {
            line = _process.StandardOutput.ReadLine();
        }
        while (line is not null && !line.Contains(words, StringComparison.Ordinal));

        line.ShouldNotBeNull($"It ended and never said \"{words}\".");
        Send(_process.Id, Signals.Stop).ShouldBe(0);
    }

    /// <summary>Lets it go on to its end, and waits for that.</summary>
    public async Task EndAsync()
    {
        Send(_process.Id, Signals.Continue).ShouldBe(0);
        await _process.StandardOutput.ReadToEndAsync();
        await _process.WaitForExitAsync();
    }

    /// <summary>kill -9.</summary>
    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Send(int process, int signal);
}
