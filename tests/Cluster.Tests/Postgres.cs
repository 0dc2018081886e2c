using System.Diagnostics;

namespace AdvFit.Cluster.Tests;

/// <summary>A PostgreSQL of its own, in a folder of its own, on loopback.</summary>
public sealed class Postgres : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("advfit-pg-").FullName;
    private readonly int _port = FreePorts.Next();

    public Postgres()
    {
        if (Environment.IsPrivilegedProcess)
        {
            Run("chown", "postgres", _folder);
        }

        Program("initdb", "--pgdata", _folder + "/data", "--username=advfit", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8");
        Start();
    }

    /// <summary>A database that nobody has used yet.</summary>
    public string NewDatabase()
    {
        var name = $"db{Guid.NewGuid():N}";
        Program("createdb", "--host=127.0.0.1", $"--port={_port}", "--username=advfit", name);
        return $"Host=127.0.0.1;Port={_port};Database={name};Username=advfit;Maximum Pool Size=15;Timeout=5";
    }

    /// <summary>Ends it at once, as a crash would, and begins it again.</summary>
    public void Restart()
    {
        Program("pg_ctl", "--pgdata", _folder + "/data", "--mode=immediate", "--wait", "stop");
        Start();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Program("pg_ctl", "--pgdata", _folder + "/data", "--mode=immediate", "--wait", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    private void Start() => Program(
        "pg_ctl", "--pgdata", _folder + "/data", "--wait", "--timeout=120", "--log", _folder + "/log", "--options",
        $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200", "start");

    private static void Program(string name, params string[] arguments)
    {
        var path = Directory.EnumerateFiles("/usr/lib/postgresql", name, SearchOption.AllDirectories).Order().Last();
        if (Environment.IsPrivilegedProcess)
        {
            Run("runuser", ["-u", "postgres", "--", path, .. arguments]);
        }
        else
        {
            Run(path, arguments);
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        // What it prints it may keep open for ever: a server inherits it.
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = "/" };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("exec \"$@\" >/dev/null 2>&1 </dev/null");
        start.ArgumentList.Add("sh");
        start.ArgumentList.Add(program);
        Array.ForEach(arguments, start.ArgumentList.Add);
        using var process = Process.Start(start)!;
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}");
    }
}
