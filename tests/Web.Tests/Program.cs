using System.Diagnostics;

namespace AdvFit.Web.Tests;

/// <summary>The program as users run it, with a store of its own.</summary>
public sealed class Program : IDisposable
{
    private static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "advfit.dll");

    /// <summary>The token of a server; null for none.</summary>
    public string? Token { get; init; }

    /// <summary>A folder that is gone afterwards.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("advfit-web-tests-").FullName;

    /// <summary>Runs it to its end, which has to be a good one.</summary>
    /// <returns>What it wrote to standard output.</returns>
    public string Run(params string[] arguments)
    {
        using var process = Start(arguments);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, error.GetAwaiter().GetResult());
        return output;
    }

    /// <summary>Starts it, its output and errors redirected.</summary>
    public Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Assembly, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder,
        };
        start.Environment["ADVFIT_STORE"] = Path.Combine(Folder, "store");
        start.Environment["ADVFIT_DATA"] = Path.Combine(Folder, "data");
        start.Environment["ADVFIT_TOKEN"] = Token;
        start.Environment.Remove("ADVFIT_DEBUG");
        start.Environment.Remove("ADVFIT_PROGRAM");
        return Process.Start(start)!;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
