using System.ComponentModel;
using System.Diagnostics;

namespace AdvFit.Deploy.Tests;

/// <summary>Other programs.</summary>
internal static class Command
{
    /// <summary>What a program writes to its standard output.</summary>
    /// <param name="debian">The package of Debian that has the program.</param>
    /// <exception cref="InvalidOperationException">It is missing, or ends with another exit code than 0.</exception>
    public static string Run(string program, string debian, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0
                ? output
                : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {errors.Result}");
        }
        catch (Win32Exception missing)
        {
            throw new InvalidOperationException($"These tests need {program} in the PATH (Debian: apt-get install {debian}).", missing);
        }
    }
}
