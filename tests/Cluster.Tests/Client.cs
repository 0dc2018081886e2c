using System.Collections.Concurrent;
using System.Diagnostics;

namespace AdvFit.Cluster.Tests;

/// <summary>A command of advfit that follows a sweep of a cluster and knows all of its coordinators.</summary>
internal sealed class Client : IDisposable
{
    private readonly ConcurrentQueue<string> _lines = [];
    private readonly Process _process;

    public Client(TestCluster cluster, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Built.Cli, .. arguments]) { RedirectStandardOutput = true };
        start.Environment["ADVFIT_SERVER"] = cluster.Api.Addresses;
        start.Environment["ADVFIT_TOKEN"] = TestCluster.Token;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, told) => _lines.Enqueue(told.Data ?? "");
        _process.BeginOutputReadLine();
    }

    /// <summary>What it has told so far of shuffles and their stages.</summary>
    public string[] Progress => [.. _lines.Where(line => line.StartsWith("shuffle ", StringComparison.Ordinal))];

    /// <summary>Waits until it has ended, which has to be a good end.</summary>
    public async Task UntilDone()
    {
        await _process.WaitForExitAsync();
        _process.ExitCode.ShouldBe(0, string.Join('\n', _lines));
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
