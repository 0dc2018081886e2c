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
public sealed class SqliteJournal : IJournal, IRequestInbox, IDisposable
{
    private readonly string _path;
    private readonly SqliteConnection _connection;
    private long _version = JournalSchema.Version;

    private SqliteJournal(string path, SqliteConnection connection) => (_path, _connection) = (path, connection);

    /// <summary>Opens a journal to write to it, and creates it where there is none.</summary>
    /// <exception cref="StoreException">It is damaged, read-only, of a newer version, ..</exception>
    public static SqliteJournal Open(string path)
    {
        var journal = Connect(path, SqliteOpenMode.ReadWriteCreate, path);
        return journal.Checked(connection =>
        {
            JournalSchema.PrepareForWriting(connection, path);
            JournalSchema.RefuseGaps(connection, path, JournalSchema.Version);
        });
    }

    /// <summary>Opens a journal to look at it; null where none was begun there.</summary>
    /// <exception cref="StoreException">It is damaged, of a newer version, ..</exception>
    public static SqliteJournal? OpenForReading(string path)
    {
        var journal = Connect(IsFrozen(path) ? Immutable(path) : path, SqliteOpenMode.ReadOnly, path);
        long? version = null;
        journal.Checked(connection =>
        {
            version = JournalSchema.BegunVersion(connection, path);
            if (version is { } begun)
            {
                JournalSchema.RefuseGaps(connection, path, begun);
                journal._version = begun;
            }
        });
        if (version is not null)
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
    public IEnumerable<JournalEntry> Read(string sweep, long after = 0) => Read(sweep, after, EventFormat.Read);

    /// <inheritdoc/>
    public IEnumerable<JournalEntry> ReadBriefly(string sweep, long after = 0) =>
        Read(sweep, after, (type, body) => StageCompletionReader.TryRead(type, body) ?? EventFormat.Read(type, body));

    private IEnumerable<JournalEntry> Read(string sweep, long after, EventReader read)
    {
        using var command = Command(
            "SELECT sequence, number, at, type, body, checksum FROM events WHERE sweep = $sweep AND number > $after ORDER BY number",
            ("$sweep", sweep), ("$after", after));
        var (number, checksum) = (after, after == 0 ? "" : ChecksumOf(sweep, after));
        using var reader = Guard(command.ExecuteReader);
        while (Guard(reader.Read))
        {
            number++;
            JournalEntry? entry = null;
            Guard(() => (entry, checksum) = ReadEntry(reader, sweep, number, checksum, read));
            yield return entry!;
        }
    }

    /// <inheritdoc/>
    public IEnumerable<JournalEntry> ReadShuffle(string sweep, int shuffle, Type? fact = null)
    {
        // The expression is that of the index, to the letter; SQLite refuses the statement should it not serve. The event
        // before each tells the checksum that it follows.
        var index = _version < JournalSchema.Version ? "" : "INDEXED BY events_by_shuffle";
        using var command = Command(
            $"""
            SELECT e.sequence, e.number, e.at, e.type, e.body, e.checksum, coalesce(before.checksum, '')
            FROM events AS e {index} LEFT JOIN events AS before ON before.sweep = e.sweep AND before.number = e.number - 1
            WHERE e.sweep = $sweep AND e.body ->> '$.shuffle' = $shuffle {(fact is null ? "" : "AND e.type = $type")}
            ORDER BY e.number
            """,
            ("$sweep", sweep), ("$shuffle", shuffle));
        if (fact is not null)
        {
            command.Parameters.AddWithValue("$type", EventFormat.NameOf(fact));
        }

        using var reader = Guard(command.ExecuteReader);
        while (Guard(reader.Read))
        {
            yield return Guard(() => ReadEntry(reader, sweep, reader.GetInt64(1), reader.GetString(6), EventFormat.Read).Entry);
        }
    }

    /// <inheritdoc/>
    public void Append(string sweep, long after, IReadOnlyList<TimedEvent> events) => Guard(() =>
    {
        using var transaction = _connection.BeginTransaction();
        var (number, checksum) = Last(sweep, transaction);
        if (number != after)
        {
            throw new StoreException(
                $"The journal {_path} has {number} events of the sweep {sweep} where {after} were expected: another process wrote to it; run the command again.");
        }

        using var insert = Command(
            "INSERT INTO events (sweep, number, at, type, body, checksum) VALUES ($sweep, $number, $at, $type, $body, $checksum)",
            ("$sweep", sweep), ("$number", 0L), ("$at", ""), ("$type", ""), ("$body", ""), ("$checksum", ""));
        insert.Transaction = transaction;
        foreach (var (at, sweepEvent) in events)
        {
            var time = Text(at);
            var (type, body) = EventFormat.Write(sweepEvent);
            checksum = EventChecksum.Of(checksum, sweep, ++number, time, type, body);
            insert.Parameters["$number"].Value = number;
            insert.Parameters["$at"].Value = time;
            insert.Parameters["$type"].Value = type;
            insert.Parameters["$body"].Value = body;
            insert.Parameters["$checksum"].Value = checksum;
            insert.ExecuteNonQuery();
        }

        CrashPoints.Pass();
        transaction.Commit();
        CrashPoints.Pass();
        return number;
    });

    /// <inheritdoc/>
    public JournalSnapshot? Snapshot(string sweep) => Guard(() =>
    {
        if (_version < JournalSchema.Version)
        {
            return null;
        }

        using var command = Command(
            "SELECT s.number, s.event, s.body, s.checksum FROM snapshots AS s JOIN events AS e "
            + "ON e.sweep = s.sweep AND e.number = s.number AND e.checksum = s.event WHERE s.sweep = $sweep",
            ("$sweep", sweep));
        using var reader = command.ExecuteReader();
        if (!reader.Read())
        {
            return null;
        }

        var (number, sweepEvent, body) = (reader.GetInt64(0), reader.GetString(1), reader.GetString(2));
        return EventChecksum.Of(sweepEvent, sweep, number, "", "snapshot", body) == reader.GetString(3)
            ? new JournalSnapshot(number, body)
            : null;
    });

    /// <inheritdoc/>
    public void SaveSnapshot(string sweep, JournalSnapshot snapshot) => Guard(() =>
    {
        var sweepEvent = ChecksumOf(sweep, snapshot.Number);
        using var command = Command(
            "INSERT OR REPLACE INTO snapshots (sweep, number, event, body, checksum) VALUES ($sweep, $number, $event, $body, $checksum)",
            ("$sweep", sweep), ("$number", snapshot.Number), ("$event", sweepEvent), ("$body", snapshot.Body),
            ("$checksum", EventChecksum.Of(sweepEvent, sweep, snapshot.Number, "", "snapshot", snapshot.Body)));
        CrashPoints.Pass();
        var saved = command.ExecuteNonQuery();
        CrashPoints.Pass();
        return saved;
    });

    /// <inheritdoc/>
    public long AddRequest(string sweep, DateTimeOffset at, SweepCommand command) => Guard(() =>
    {
        var (type, body) = RequestFormat.Write(command);
        using var insert = Command(
            "INSERT INTO requests (sweep, at, type, body) VALUES ($sweep, $at, $type, $body) RETURNING id",
            ("$sweep", sweep), ("$at", Text(at)), ("$type", type), ("$body", body));
        return (long)insert.ExecuteScalar()!;
    });

    /// <inheritdoc/>
    public ImmutableArray<SweepRequest> Requests() => Guard(() =>
    {
        using var command = Command("SELECT id, sweep, at, type, body FROM requests WHERE answer IS NULL ORDER BY id");
        using var reader = command.ExecuteReader();
        var requests = ImmutableArray.CreateBuilder<SweepRequest>();
        while (reader.Read())
        {
            try
            {
                requests.Add(new SweepRequest(
                    reader.GetInt64(0), reader.GetString(1), Time(reader.GetString(2)),
                    RequestFormat.Read(reader.GetString(3), reader.GetString(4))));
            }
            catch (FormatException error)
            {
                throw new StoreException(
                    $"The journal {_path} cannot be understood at request {reader.GetInt64(0)}: {error.Message}.", error);
            }
        }

        return requests.ToImmutable();
    });

    /// <inheritdoc/>
    public void Answer(long request, string answer) => Guard(() =>
    {
        using var command = Command("UPDATE requests SET answer = $answer WHERE id = $id", ("$answer", answer), ("$id", request));
        return command.ExecuteNonQuery();
    });

    /// <inheritdoc/>
    public string? AnswerTo(long request) => Guard(() =>
    {
        using var command = Command("SELECT answer FROM requests WHERE id = $id", ("$id", request));
        return command.ExecuteScalar() as string;
    });

    /// <inheritdoc/>
    public void RemoveRequest(long request) => Guard(() =>
    {
        using var command = Command("DELETE FROM requests WHERE id = $id", ("$id", request));
        return command.ExecuteNonQuery();
    });

    /// <inheritdoc/>
    public void RemoveRequestsBefore(DateTimeOffset time) => Guard(() =>
    {
        using var command = Command("DELETE FROM requests WHERE at < $time", ("$time", Text(time)));
        return command.ExecuteNonQuery();
    });

    /// <summary>Checks every page and index of the file, which takes as long as reading it.</summary>
    /// <exception cref="StoreException">It is damaged.</exception>
    public void CheckPages() => Guard(() =>
    {
        using var command = Command("PRAGMA integrity_check(1)");
        return command.ExecuteScalar() is "ok"
            ? true
            : throw new StoreException($"The journal {_path} is damaged ({command.ExecuteScalar()}); {StoreFaults.JournalMend}.");
    });

    /// <summary>Removes all events of a sweep, and remembers that it is not damage that they are missing.</summary>
    /// <param name="sweep">The sweep's id.</param>
    /// <param name="at">The time, for the record.</param>
    /// <exception cref="StoreException">The journal cannot be written.</exception>
    public void Forget(string sweep, DateTimeOffset at) => Guard(() =>
    {
        using var transaction = _connection.BeginTransaction();
        using var command = Command(
            """
            INSERT INTO forgotten (sweep, at, events) SELECT $sweep, $at, count(*) FROM events WHERE sweep = $sweep;
            DELETE FROM events WHERE sweep = $sweep;
            DELETE FROM snapshots WHERE sweep = $sweep;
            """,
            ("$sweep", sweep), ("$at", Text(at)));
        command.Transaction = transaction;
        command.ExecuteNonQuery();
        CrashPoints.Pass();
        transaction.Commit();
        CrashPoints.Pass();
        return sweep;
    });

    /// <summary>Ids of the sweeps that were forgotten and have not been begun again.</summary>
    /// <exception cref="StoreException">The journal cannot be read.</exception>
    public ImmutableArray<string> Forgotten() => Guard(() =>
    {
        using var command = Command(
            "SELECT DISTINCT sweep FROM forgotten WHERE sweep NOT IN (SELECT sweep FROM events WHERE number = 1) ORDER BY sweep");
        using var reader = command.ExecuteReader();
        var sweeps = ImmutableArray.CreateBuilder<string>();
        while (reader.Read())
        {
            sweeps.Add(reader.GetString(0));
        }

        return sweeps.ToImmutable();
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

    private string ChecksumOf(string sweep, long number) => Guard(() =>
    {
        using var command = Command(
            "SELECT checksum FROM events WHERE sweep = $sweep AND number = $number", ("$sweep", sweep), ("$number", number));
        return (string?)command.ExecuteScalar()
            ?? throw new StoreException($"The journal {_path} has no event {number} of the sweep {sweep}; {StoreFaults.JournalMend}.");
    });

    private (long Number, string Checksum) Last(string sweep, SqliteTransaction transaction)
    {
        using var command = Command(
            "SELECT number, checksum FROM events WHERE sweep = $sweep ORDER BY number DESC LIMIT 1", ("$sweep", sweep));
        command.Transaction = transaction;
        using var reader = command.ExecuteReader();
        return reader.Read() ? (reader.GetInt64(0), reader.GetString(1)) : (0, "");
    }

    private (JournalEntry Entry, string Checksum) ReadEntry(
        SqliteDataReader reader, string sweep, long expected, string previous, EventReader read)
    {
        var (sequence, number) = (reader.GetInt64(0), reader.GetInt64(1));
        var (at, type, body) = (reader.GetString(2), reader.GetString(3), reader.GetFieldValue<byte[]>(4));
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
            return (new JournalEntry(sequence, number, Time(at), read(type, body)), checksum);
        }
        catch (FormatException error)
        {
            throw new StoreException(
                $"The journal {_path} cannot be understood at event {sequence} of the sweep {sweep}: {error.Message}.", error);
        }
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(string text) => DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture);

    private delegate SweepEvent EventReader(string type, ReadOnlySpan<byte> body);

    private StoreException Damaged(long sequence, string how) => new(
        $"The journal {_path} is damaged at event {sequence} ({how}); {StoreFaults.JournalMend}.");

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
