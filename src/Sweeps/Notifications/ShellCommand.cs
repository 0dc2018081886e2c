using System.ComponentModel;
using System.Diagnostics;

namespace AdvFit.Sweeps.Notifications;

/// <summary>A command line of the system's shell that gets the summary on its standard input; its output is the program's.</summary>
/// <param name="line">The command line.</param>
/// <param name="patience">How long it may take before it is ended.</param>
public sealed class ShellCommand(string line, TimeSpan patience) : INotificationTarget
{
    /// <inheritdoc/>
    public string Name => $"the command `{line}`";

    /// <inheritdoc/>
    public async Task Send(byte[] summary)
    {
        using var process = Start();
        using var limit = new CancellationTokenSource(patience);
        try
        {
            await Write(process.StandardInput.BaseStream, summary, limit.Token).ConfigureAwait(false);
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException error)
        {
            process.Kill(entireProcessTree: true);
            throw new NotificationException($"it was ended after {patience.TotalSeconds} s", mayPass: false, error);
        }

        if (process.ExitCode != 0)
        {
            throw new NotificationException($"it ended with exit code {process.ExitCode}", mayPass: true);
        }
    }

    private static async Task Write(Stream input, byte[] summary, CancellationToken limit)
    {
        try
        {
            await using (input.ConfigureAwait(false))
            {
                await input.WriteAsync(summary, limit).ConfigureAwait(false);
            }
        }
        catch (IOException)
        {
            // A command need not read what it is told; its exit code says how it went.
        }
    }

    private Process Start()
    {
        var (shell, option) = OperatingSystem.IsWindows() ? ("cmd.exe", "/c") : ("/bin/sh", "-c");
        try
        {
            return Process.Start(new ProcessStartInfo(shell, [option, line]) { RedirectStandardInput = true })!;
        }
        catch (Win32Exception error)
        {
            throw new NotificationException($"{shell} cannot be started: {error.Message}", mayPass: false, error);
        }
    }
}
