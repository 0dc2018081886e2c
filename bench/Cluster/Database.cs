using System.Data.Common;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AdvFit.Coordinator;
using AdvFit.Coordinator.Journal;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace AdvFit.Cluster.Bench;

/// <summary>A database of its own for one measurement, gone with it.</summary>
internal abstract class Database : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("advfit-bench-").FullName;

    /// <summary>How the coordinators reach it.</summary>
    public abstract JournalSettings Settings { get; }

    /// <summary>Time of the processor that its processes took so far.</summary>
    public abstract TimeSpan Cpu { get; }

    protected string Folder => _folder;

    /// <summary>A database of a kind.</summary>
    /// <param name="kind"><c>postgres</c> or <c>sqlite</c>.</param>
    public static Database Of(string kind) => kind == "postgres" ? new PostgresDatabase() : new SqliteDatabase();

    /// <summary>The number of events in it, and the bytes that it takes on the disk.</summary>
    public (long Events, long Bytes) Size()
    {
        using var connection = Connect();
        connection.Open();
        return (Number("select count(*) from journal"), Number(BytesQuery));

        long Number(string query)
        {
            using var command = connection.CreateCommand();
            command.CommandText = query;
            return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stop();
        Directory.Delete(_folder, recursive: true);
    }

    protected abstract string BytesQuery { get; }

    protected abstract DbConnection Connect();

    protected abstract void Stop();
}

/// <summary>A file, written by this process itself.</summary>
internal sealed class SqliteDatabase : Database
{
    public override JournalSettings Settings => new()
    {
        Provider = "SQLite.MS",
        ConnectionString = $"Data Source={Folder}/journal.db",
    };

    public override TimeSpan Cpu => TimeSpan.Zero;

    protected override string BytesQuery => "select page_count * page_size from pragma_page_count(), pragma_page_size()";

    protected override DbConnection Connect() => new SqliteConnection(Settings.ConnectionString);

    protected override void Stop() => SqliteConnection.ClearAllPools();
}

/// <summary>A PostgreSQL as Debian sets it up, except that it is on loopback only and trusts everybody there.</summary>
internal sealed class PostgresDatabase : Database
{
    private const int TicksPerSecond = 100;

    private readonly int _port = FreePort();
    private readonly int _postmaster;

    public PostgresDatabase()
    {
        PostgresPrograms.GiveFolder(Folder);
        PostgresPrograms.Run("initdb", "--pgdata", Folder + "/data", "--username=advfit", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8");
        PostgresPrograms.Run(
            "pg_ctl", "--pgdata", Folder + "/data", "--wait", "--timeout=120", "--log", Folder + "/log", "--options",
            $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''", "start");
        PostgresPrograms.Run("createdb", "--host=127.0.0.1", $"--port={_port}", "--username=advfit", "advfit");
        _postmaster = int.Parse(File.ReadLines(Folder + "/data/postmaster.pid").First(), CultureInfo.InvariantCulture);
    }

    public override JournalSettings Settings => new()
    {
        ConnectionString = $"Host=127.0.0.1;Port={_port};Database=advfit;Username=advfit;Maximum Pool Size=25",
    };

    public override TimeSpan Cpu => TimeSpan.FromSeconds(
        Directory.EnumerateDirectories("/proc").Select(process => Path.GetFileName(process))
            .Where(process => char.IsAsciiDigit(process[0])).Sum(Ticks) / (double)TicksPerSecond);

    protected override string BytesQuery => "select pg_database_size('advfit')";

    protected override DbConnection Connect() => new NpgsqlConnection(Settings.ConnectionString);

    protected override void Stop() => PostgresPrograms.Run("pg_ctl", "--pgdata", Folder + "/data", "--mode=immediate", "--wait", "stop");

    /// <summary>What a process took, if it is one of the server's; the postmaster's includes that of those it outlived.</summary>
    private long Ticks(string process)
    {
        string stat;
        try
        {
            stat = File.ReadAllText($"/proc/{process}/stat");
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return 0;
        }

        // As proc(5) numbers the fields, the first after the name is 3: the state.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        long Field(int number) => long.Parse(fields[number - 3], CultureInfo.InvariantCulture);
        return process == $"{_postmaster}" ? Field(14) + Field(15) + Field(16) + Field(17)
            : Field(4) == _postmaster ? Field(14) + Field(15)
            : 0;
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
