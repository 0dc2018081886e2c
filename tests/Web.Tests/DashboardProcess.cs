using System.Diagnostics;

namespace AdvFit.Web.Tests;

/// <summary><c>advfit dashboard</c> as a process of its own.</summary>
internal sealed class DashboardProcess : IDisposable
{
    private readonly Process _process;

    private DashboardProcess(Process process, string address, string addressWithToken) =>
        (_process, Address, AddressWithToken) = (process, address, addressWithToken);

    /// <summary>Where to look.</summary>
    public string Address { get; }

    /// <summary>Where to look and act.</summary>
    public string AddressWithToken { get; }

    /// <summary>Starts one and waits until it answers.</summary>
    /// <param name="program">Whose store it shows.</param>
    /// <param name="port">The port; 0 takes a free one.</param>
    /// <param name="server">The address of the server that it shows instead of the store.</param>
    public static async Task<DashboardProcess> StartAsync(Program program, int port = 0, string? server = null)
    {
        var process = program.Start(
            ["dashboard", "--port", $"{port}", .. server is null ? Array.Empty<string>() : ["--server", server]]);
        return new DashboardProcess(process, await AddressAsync(process), await AddressAsync(process));
    }

    /// <summary>Ends it as a crash would.</summary>
    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private static async Task<string> AddressAsync(Process process)
    {
        var line = await process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException(await process.StandardError.ReadToEndAsync());
        return line[line.LastIndexOf("http://", StringComparison.Ordinal)..];
    }
}
