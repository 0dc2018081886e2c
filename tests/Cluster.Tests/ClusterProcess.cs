using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AdvFit.Cluster.Tests;

/// <summary>
/// One program of the cluster, as a process of its own. One that ends by itself is begun again, as Kubernetes would, until it
/// is told to stay away.
/// </summary>
internal sealed partial class ClusterProcess : IDisposable
{
    private const int Terminate = 15;
    private const int Continue = 18;
    private const int Stop = 19;

    private readonly Lock _lock = new();
    private readonly string _log;
    private readonly ImmutableArray<string> _command;
    private readonly ImmutableDictionary<string, string> _environment;
    private Process? _process;
    private bool _isWanted;

    public ClusterProcess(
        string name, string log, ImmutableArray<string> command, ImmutableDictionary<string, string> environment)
    {
        (Name, _log, _command, _environment) = (name, log, command, environment);
        Start();
    }

    public string Name { get; }

    public string Log => File.ReadAllText(_log);

    public int ProcessId
    {
        get
        {
            lock (_lock)
            {
                return _process!.Id;
            }
        }
    }

    /// <summary>Begins it, if it does not run.</summary>
    public void Start()
    {
        lock (_lock)
        {
            _isWanted = true;
            // Its output goes to a file by way of a shell: a pipe would fill up, or die with this process.
            var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false, RedirectStandardInput = true };
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add("log=$1; shift; exec \"$@\" >>\"$log\" 2>&1 </dev/null");
            start.ArgumentList.Add("sh");
            start.ArgumentList.Add(_log);
            foreach (var word in _command)
            {
                start.ArgumentList.Add(word);
            }

            foreach (var (name, value) in _environment)
            {
                start.Environment[name] = value;
            }

            var process = Process.Start(start)!;
            process.EnableRaisingEvents = true;
            process.Exited += (_, _) => BeginAgain(process);
            _process = process;
        }
    }

    /// <summary>kill -9, and it stays away.</summary>
    public void Kill()
    {
        lock (_lock)
        {
            _isWanted = false;
            _process!.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }
    }

    /// <summary>kill -9, and it comes again at once.</summary>
    public void KillAndRestart()
    {
        Kill();
        Start();
    }

    /// <summary>kill -STOP: it sleeps, as a machine that is overloaded or moved.</summary>
    public void Pause() => Send(ProcessId, Stop).ShouldBe(0);

    /// <summary>kill -CONT.</summary>
    public void Resume() => Send(ProcessId, Continue).ShouldBe(0);

    /// <summary>SIGTERM; returns its exit code once it has gone in good order.</summary>
    public async Task<int> StopAsync()
    {
        Process process;
        lock (_lock)
        {
            _isWanted = false;
            process = _process!;
        }

        Send(process.Id, Terminate).ShouldBe(0);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _isWanted = false;
            _process!.Kill(entireProcessTree: true);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Send(int process, int signal);

    private void BeginAgain(Process process)
    {
        lock (_lock)
        {
            if (_isWanted && ReferenceEquals(process, _process))
            {
                Start();
            }
        }
    }
}
