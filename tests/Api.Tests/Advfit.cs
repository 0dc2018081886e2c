using System.Diagnostics;

namespace AdvFit.Api.Tests;

/// <summary>The command line, as a process that knows of no server or store but those that it is told.</summary>
internal static class Advfit
{
    private static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "advfit.dll");

    /// <summary>Runs it to its end.</summary>
    public static (int Code, string Output, string Error) Run(string folder, string[] arguments, string? token = TestServer.Token)
    {
        using var process = Start(folder, arguments, token);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    public static Process Start(string folder, string[] arguments, string? token = TestServer.Token)
    {
        var start = new ProcessStartInfo("dotnet", [Assembly, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var name in new[] { "ADVFIT_DEBUG", "ADVFIT_PROGRAM", "ADVFIT_SERVER", "ADVFIT_STORE", "ADVFIT_TOKEN" })
        {
            start.Environment.Remove(name);
        }

        if (token is not null)
        {
            start.Environment["ADVFIT_TOKEN"] = token;
        }

        return Process.Start(start)!;
    }
}
