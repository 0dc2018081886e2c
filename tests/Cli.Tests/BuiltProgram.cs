using System.Diagnostics;
using System.Text;

namespace AdvFit.Cli.Tests;

/// <summary>How a run of the program ended.</summary>
public sealed record Ended(int Code, byte[] Output, string Error)
{
    public string Text => Encoding.UTF8.GetString(Output);
}

/// <summary>The program as users run it: a process of its own, its output a pipe.</summary>
public static class BuiltProgram
{
    private static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "advfit.dll");

    /// <summary>Runs it to its end.</summary>
    public static Ended Run(TemporaryFolder folder, params string[] arguments) => Run(folder, (int?)null, arguments);

    /// <summary>Runs it to its end, which it brings about itself when it comes to a moment of writing (<c>CrashPoints</c>).</summary>
    public static Ended Run(
        TemporaryFolder folder, int? crashAt, string[] arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        using var process = Start(folder, arguments, crashAt, environment);
        var error = process.StandardError.ReadToEndAsync();
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        return new Ended(process.ExitCode, output.ToArray(), error.GetAwaiter().GetResult());
    }

    /// <summary>Runs it to its end, which has to be a good one without a complaint, and tells what it printed.</summary>
    public static string Done(TemporaryFolder folder, params string[] arguments)
    {
        var ended = Run(folder, arguments);
        ended.Error.ShouldBe("");
        ended.Code.ShouldBe(ExitCodes.Done);
        return ended.Text;
    }

    /// <summary>Runs it to its end, which has to be that code, and tells what it complained about.</summary>
    public static string Refused(TemporaryFolder folder, int code, params string[] arguments)
    {
        var ended = Run(folder, arguments);
        ended.Code.ShouldBe(code);
        return ended.Error;
    }

    /// <summary>Runs it until it writes a line that holds some text, does something to it then, and waits for its end.</summary>
    /// <returns>Its exit code, or null if it ended without that line.</returns>
    public static int? RunUntil(string text, Action<Process> action, TemporaryFolder folder, params string[] arguments)
    {
        using var process = Start(folder, arguments);
        var error = process.StandardError.ReadToEndAsync();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                action(process);
                process.StandardOutput.ReadToEnd();
                process.WaitForExit();
                error.GetAwaiter().GetResult();
                return process.ExitCode;
            }
        }

        return null;
    }

    /// <summary>Runs it for a while and kills it then, if it has not ended by itself.</summary>
    public static void RunAndKill(TimeSpan after, TemporaryFolder folder, params string[] arguments)
    {
        using var process = Start(folder, arguments);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(after))
        {
            process.Kill();
        }

        Task.WaitAll(output, error);
        process.WaitForExit();
    }

    /// <summary>Runs it to its end with more environment variables.</summary>
    public static Ended Run(TemporaryFolder folder, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        Run(folder, (int?)null, arguments, environment);

    private static Process Start(
        TemporaryFolder folder, string[] arguments, int? crashAt = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("dotnet", [Assembly, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.Path,
        };
        start.Environment["ADVFIT_STORE"] = folder["store"];
        start.Environment["ADVFIT_DATA"] = folder["data"];
        start.Environment.Remove("ADVFIT_DEBUG");
        start.Environment.Remove("ADVFIT_PROGRAM");
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        if (crashAt is { } moment)
        {
            start.Environment["ADVFIT_CRASH_AT"] = $"{moment}";
        }

        return Process.Start(start)!;
    }
}
