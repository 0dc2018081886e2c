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

    /// <summary>Starts one on a free port and waits until it answers.</summary>
    /// <param name="program">Whose store it shows.</param>
    /// <param name="arguments">More arguments.</param>
    public static async Task<DashboardProcess> StartAsync(Program program, params string[] arguments)
    {
        var process = program.Start(["dashboard", "--port", "0", .. arguments]);
        return new DashboardProcess(process, await AddressAsync(process), await AddressAsync(process));
    }

    /// <summary>Ends it as a crash would.</summary>
    public void Kill()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private static async Task<string> AddressAsync(Process process)
    {
        var line = await process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException(await process.StandardError.ReadToEndAsync());
        return line[line.LastIndexOf("http://", StringComparison.Ordinal)..];
    }
}
