using System.Collections.Immutable;
using System.Globalization;
using AdvFit.Messages;
using AdvFit.Sweeps.Store;
using Microsoft.Data.Sqlite;

namespace AdvFit.Sweeps.Journal;

/// <summary>
/// The journal in one SQLite file, in WAL mode with synchronous=FULL: a commit that returned survives the loss of power,
/// and readers never wait for the writer. Not thread-safe.
/// </summary>
public sealed class SqliteJournal : IJournal, IDisposable
{
    private readonly string _path;
    private readonly SqliteConnection _connection;

    private SqliteJournal(string path, SqliteConnection connection) => (_path, _connection) = (path, connection);

    /// <summary>Opens a journal to write to it, and creates it where there is none.</summary>
    /// <exception cref="StoreException">It is damaged, read-only, of a newer version, ..</exception>
    public static SqliteJournal Open(string path)
    {
        var journal = Connect(path, SqliteOpenMode.ReadWriteCreate, path);
        return journal.Checked(connection =>
        {
            JournalSchema.PrepareForWriting(connection, path);
            JournalSchema.RefuseGaps(connection, path);
        });
    }

    /// <summary>Opens a journal to look at it; null where none was begun there.</summary>
    /// <exception cref="StoreException">It is damaged, of a newer version, ..</exception>
    public static SqliteJournal? OpenForReading(string path)
    {
        var journal = Connect(IsFrozen(path) ? Immutable(path) : path, SqliteOpenMode.ReadOnly, path);
        var begun = false;
        journal.Checked(connection =>
        {
            begun = JournalSchema.IsBegun(connection, path);
            if (begun)
            {
                JournalSchema.RefuseGaps(connection, path);
            }
        });
        if (begun)
        {
            return journal;
        }

        journal.Dispose();
        return null;
    }

    /// <summary>Ids of the sweeps, the latest begun first.</summary>
    /// <exception cref="StoreException">The journal cannot be read.</exception>
    public ImmutableArray<string> Sweeps() => Guard(() =>
    {
        using var command = Command("SELECT sweep FROM events WHERE number = 1 ORDER BY sequence DESC");
        using var reader = command.ExecuteReader();
        var sweeps = ImmutableArray.CreateBuilder<string>();
        while (reader.Read())
        {
            sweeps.Add(reader.GetString(0));
        }

        return sweeps.ToImmutable();
    });

    /// <inheritdoc/>
    public IEnumerable<JournalEntry> Read(string sweep)
    {
        using var command = Command(
            "SELECT sequence, number, at, type, body, checksum FROM events WHERE sweep = $sweep ORDER BY number",
            ("$sweep", sweep));
        using var reader = Guard(command.ExecuteReader);
        var (number, checksum) = (0L, "");
        while (Guard(reader.Read))
        {
            number++;
            JournalEntry? entry = null;
            Guard(() => (entry, checksum) = ReadEntry(reader, sweep, number, checksum));
            yield return entry!;
        }
    }

    /// <inheritdoc/>
    public void Append(string sweep, long after, DateTimeOffset at, IReadOnlyList<SweepEvent> events) => Guard(() =>
    {
        using var transaction = _connection.BeginTransaction();
        var (number, checksum) = Last(sweep, transaction);
        if (number != after)
        {
            throw new StoreException(
                $"The journal {_path} has {number} events of the sweep {sweep} where {after} were expected: another process wrote to it; run the command again.");
        }

        var time = at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        using var insert = Command(
            "INSERT INTO events (sweep, number, at, type, body, checksum) VALUES ($sweep, $number, $at, $type, $body, $checksum)",
            ("$sweep", sweep), ("$number", 0L), ("$at", time), ("$type", ""), ("$body", ""), ("$checksum", ""));
        insert.Transaction = transaction;
        foreach (var sweepEvent in events)
        {
            var (type, body) = EventFormat.Write(sweepEvent);
            checksum = EventChecksum.Of(checksum, sweep, ++number, time, type, body);
            insert.Parameters["$number"].Value = number;
            insert.Parameters["$type"].Value = type;
            insert.Parameters["$body"].Value = body;
            insert.Parameters["$checksum"].Value = checksum;
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
        return number;
    });

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    /// <summary>
    /// Whether the journal was closed in good order on a file system that is read-only now. SQLite would want to create
    /// the files of WAL mode even to read, unless it is told that nothing can change.
    /// </summary>
    private static bool IsFrozen(string path)
    {
        if (File.Exists($"{path}-wal"))
        {
            return false;
        }

        try
        {
            using var probe = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            return false;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    private static string Immutable(string path) => $"{new Uri(path).AbsoluteUri}?immutable=1";

    private static SqliteJournal Connect(string source, SqliteOpenMode mode, string path)
    {
        var connection = new SqliteConnectionStringBuilder
        {
            DataSource = source,
            Mode = mode,
            Pooling = false,
        };
        return new SqliteJournal(path, new SqliteConnection(connection.ToString()));
    }

    private SqliteJournal Checked(Action<SqliteConnection> check)
    {
        try
        {
            return Guard(() =>
            {
                _connection.Open();
                check(_connection);
                return this;
            });
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private (long Number, string Checksum) Last(string sweep, SqliteTransaction transaction)
    {
        using var command = Command(
            "SELECT number, checksum FROM events WHERE sweep = $sweep ORDER BY number DESC LIMIT 1", ("$sweep", sweep));
        command.Transaction = transaction;
        using var reader = command.ExecuteReader();
        return reader.Read() ? (reader.GetInt64(0), reader.GetString(1)) : (0, "");
    }

    private (JournalEntry Entry, string Checksum) ReadEntry(
        SqliteDataReader reader, string sweep, long expected, string previous)
    {
        var (sequence, number) = (reader.GetInt64(0), reader.GetInt64(1));
        var (at, type, body) = (reader.GetString(2), reader.GetString(3), reader.GetString(4));
        var checksum = reader.GetString(5);
        if (number != expected)
        {
            throw Damaged(sequence, $"it is number {number} of the sweep {sweep} where number {expected} should follow");
        }

        if (EventChecksum.Of(previous, sweep, number, at, type, body) != checksum)
        {
            throw Damaged(sequence, $"number {number} of the sweep {sweep}, does not match its checksum");
        }

        try
        {
            var time = DateTimeOffset.ParseExact(at, "O", CultureInfo.InvariantCulture);
            return (new JournalEntry(sequence, number, time, EventFormat.Read(type, body)), checksum);
        }
        catch (FormatException error)
        {
            throw new StoreException(
                $"The journal {_path} cannot be understood at event {sequence} of the sweep {sweep}: {error.Message}.", error);
        }
    }

    private StoreException Damaged(long sequence, string how) => new(
        $"The journal {_path} is damaged at event {sequence} ({how}); restore it from a backup, or begin anew in another --store.");

    private SqliteCommand Command(string text, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = new SqliteCommand(text, _connection);
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }

    private T Guard<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception error) when (StoreFaults.IsFault(error))
        {
            throw StoreFaults.Explain(_path, error);
        }
    }
}
