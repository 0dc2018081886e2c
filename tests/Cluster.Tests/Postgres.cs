namespace AdvFit.Cluster.Tests;

/// <summary>A PostgreSQL of its own, in a folder of its own, on loopback.</summary>
public sealed class Postgres : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("advfit-pg-").FullName;
    private readonly int _port = FreePorts.Next();

    public Postgres()
    {
        PostgresPrograms.GiveFolder(_folder);
        PostgresPrograms.Run("initdb", "--pgdata", _folder + "/data", "--username=advfit", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8");
        // Processes of another network of this machine, see Partitions.cs.
        File.AppendAllText(_folder + "/data/pg_hba.conf", "host all all 10.197.113.0/30 trust\n");
        Start();
    }

    /// <summary>A database that nobody has used yet.</summary>
    public string NewDatabase()
    {
        var name = $"db{Guid.NewGuid():N}";
        PostgresPrograms.Run("createdb", "--host=127.0.0.1", $"--port={_port}", "--username=advfit", name);
        return $"Host=127.0.0.1;Port={_port};Database={name};Username=advfit;Maximum Pool Size=15;Timeout=5";
    }

    /// <summary>Ends it at once, as a crash would, and begins it again.</summary>
    public void Restart()
    {
        PostgresPrograms.Run("pg_ctl", "--pgdata", _folder + "/data", "--mode=immediate", "--wait", "stop");
        Start();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        PostgresPrograms.Run("pg_ctl", "--pgdata", _folder + "/data", "--mode=immediate", "--wait", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    private void Start() => PostgresPrograms.Run(
        "pg_ctl", "--pgdata", _folder + "/data", "--wait", "--timeout=120", "--log", _folder + "/log", "--options",
        $"-p {_port} -c listen_addresses='*' -c unix_socket_directories='' -c max_connections=200", "start");
}
