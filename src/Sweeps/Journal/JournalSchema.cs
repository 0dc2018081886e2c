using System.Globalization;
using AdvFit.Sweeps.Store;
using Microsoft.Data.Sqlite;

namespace AdvFit.Sweeps.Journal;

/// <summary>The journal's tables, their version, and whether they are whole.</summary>
internal static class JournalSchema
{
    /// <summary>The version that has what <see cref="Second"/> creates.</summary>
    public const long Version = 2;

    /// <summary>"AdvF": tells a journal from other SQLite files.</summary>
    private const long ApplicationId = 0x41647646;

    // AUTOINCREMENT makes SQLite remember the highest sequence ever given, which tells when events at the end are lost.
    private const string First =
        """
        CREATE TABLE events (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            sweep TEXT NOT NULL,
            number INTEGER NOT NULL,
            at TEXT NOT NULL,
            type TEXT NOT NULL,
            body TEXT NOT NULL,
            checksum TEXT NOT NULL,
            UNIQUE (sweep, number)
        ) STRICT;
        """;

    /// <summary>
    /// What version 2 adds. Snapshots can be made anew from the events; requests are what other processes ask of the one
    /// that holds the store; forgotten sweeps explain why their events are missing.
    /// </summary>
    private const string Second =
        """
        CREATE INDEX events_by_shuffle ON events (sweep, body ->> '$.shuffle', type, number);
        CREATE TABLE snapshots (
            sweep TEXT PRIMARY KEY,
            number INTEGER NOT NULL,
            event TEXT NOT NULL,
            body TEXT NOT NULL,
            checksum TEXT NOT NULL
        ) STRICT;
        CREATE TABLE requests (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            sweep TEXT NOT NULL,
            at TEXT NOT NULL,
            type TEXT NOT NULL,
            body TEXT NOT NULL,
            answer TEXT
        ) STRICT;
        CREATE TABLE forgotten (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            sweep TEXT NOT NULL,
            at TEXT NOT NULL,
            events INTEGER NOT NULL
        ) STRICT;
        """;

    private const string FirstGap =
        """
        SELECT coalesce(min(missing), 0) FROM (
            SELECT 1 AS missing WHERE NOT EXISTS (SELECT 1 FROM events WHERE sequence = 1)
            UNION ALL
            SELECT sequence + 1 FROM events AS e WHERE NOT EXISTS (SELECT 1 FROM events WHERE sequence = e.sequence + 1)
        ) WHERE missing <= (SELECT max(seq) FROM sqlite_sequence WHERE name = 'events')
        """;

    /// <summary>
    /// Creates the tables in a file that is still empty, adds to one of an older version what it lacks, and sets how
    /// writes are made durable.
    /// </summary>
    public static void PrepareForWriting(SqliteConnection connection, string path)
    {
        var version = BegunVersion(connection, path);
        Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
        if (version == Version)
        {
            return;
        }

        using var transaction = connection.BeginTransaction();
        Execute(
            connection,
            $"{(version is null ? First : "")} {Second} PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version};",
            transaction);
        transaction.Commit();
    }

    /// <summary>The version of the journal in a file; null where it is still empty.</summary>
    /// <exception cref="StoreException">It is something else, or of a newer version.</exception>
    public static long? BegunVersion(SqliteConnection connection, string path)
    {
        var version = Number(connection, "PRAGMA user_version");
        var application = Number(connection, "PRAGMA application_id");
        if (application == 0 && version == 0 && Number(connection, "SELECT count(*) FROM sqlite_schema") == 0)
        {
            return null;
        }

        if (application != ApplicationId)
        {
            throw new StoreException($"{path} is not a journal of AdvFit; move it away, or use another --store.");
        }

        return version <= Version
            ? version
            : throw new StoreException(
                $"The journal {path} was written by a newer AdvFit (schema {version}; this one knows {Version}); use that version, or another --store.");
    }

    /// <summary>Refuses a journal that has lost events. A statement sees one snapshot, so that a writer does not disturb it.</summary>
    /// <param name="connection">The open journal.</param>
    /// <param name="path">Its file, for messages.</param>
    /// <param name="version">Its version.</param>
    /// <exception cref="StoreException">An event is missing; the message names the first.</exception>
    public static void RefuseGaps(SqliteConnection connection, string path, long version)
    {
        var forgotten = version < 2 ? "0" : "(SELECT coalesce(sum(events), 0) FROM forgotten)";
        var lost =
            "SELECT coalesce((SELECT max(seq) FROM sqlite_sequence WHERE name = 'events'), 0) "
            + $"- (SELECT count(*) FROM events) - {forgotten}";
        if (Number(connection, lost) != 0)
        {
            throw new StoreException(
                $"The journal {path} is damaged: event {Number(connection, FirstGap)} is missing; {StoreFaults.JournalMend}.");
        }
    }

    private static long Number(SqliteConnection connection, string query)
    {
        using var command = new SqliteCommand(query, connection);
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static void Execute(SqliteConnection connection, string statements, SqliteTransaction? transaction = null)
    {
        using var command = new SqliteCommand(statements, connection, transaction);
        command.ExecuteNonQuery();
    }
}
