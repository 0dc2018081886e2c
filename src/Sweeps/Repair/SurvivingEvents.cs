using System.Globalization;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Store;
using Microsoft.Data.Sqlite;

namespace AdvFit.Sweeps.Repair;

/// <summary>
/// The events of a damaged journal that are whole: each is looked up by itself, so that a page that cannot be read costs
/// no more than what was on it, and is kept if it matches its checksum. That rests on the checksum of the event before;
/// where this is lost, so is the event.
/// </summary>
internal sealed class SurvivingEvents : IDisposable
{
    /// <summary>Where not even the highest sequence can be read, how many missing ones in a row mean the end.</summary>
    private const int LongestGap = 10_000;

    private readonly SqliteConnection _connection;
    private readonly SortedDictionary<string, SortedDictionary<long, Row>> _rows = new(StringComparer.Ordinal);

    /// <exception cref="StoreException">Not one event can be read.</exception>
    public SurvivingEvents(string path)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            _connection.Open();
            ReadRows();
        }
        catch (SqliteException error)
        {
            _connection.Dispose();
            throw StoreFaults.Explain(path, error);
        }

        if (_rows.Count == 0)
        {
            _connection.Dispose();
            throw new StoreException(
                $"Nothing can be read of the journal {path}; restore it from a backup, or move the store away to begin anew.");
        }
    }

    /// <summary>The sweeps of which any event could be read.</summary>
    public IEnumerable<string> Sweeps => _rows.Keys;

    /// <summary>The whole events of a sweep in order.</summary>
    public IEnumerable<TimedEvent> Of(string sweep)
    {
        foreach (var (number, row) in _rows[sweep])
        {
            var before = number == 1 ? "" : _rows[sweep].GetValueOrDefault(number - 1)?.Checksum;
            if (before is not null && EventChecksum.Of(before, sweep, number, row.At, row.Type, row.Body) == row.Checksum)
            {
                yield return Read(sweep, number, row);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private static TimedEvent Read(string sweep, long number, Row row)
    {
        try
        {
            return new TimedEvent(
                DateTimeOffset.ParseExact(row.At, "O", CultureInfo.InvariantCulture), EventFormat.Read(row.Type, row.Body));
        }
        catch (FormatException error)
        {
            throw new StoreException($"Event {number} of the sweep {sweep} is whole but cannot be understood: {error.Message}.", error);
        }
    }

    private void ReadRows()
    {
        var last = Last();
        using var command = new SqliteCommand(
            "SELECT sweep, number, at, type, body, checksum FROM events WHERE sequence = $sequence", _connection);
        var sequence = command.Parameters.Add("$sequence", SqliteType.Integer);
        var missing = 0;
        for (var i = 1L; i <= last || (last == 0 && missing < LongestGap); i++)
        {
            sequence.Value = i;
            missing = TryRead(command) ? 0 : missing + 1;
        }
    }

    /// <summary>The highest sequence; 0 where that cannot be read.</summary>
    private long Last()
    {
        try
        {
            using var command = new SqliteCommand("SELECT seq FROM sqlite_sequence WHERE name = 'events'", _connection);
            return command.ExecuteScalar() as long? ?? 0;
        }
        catch (SqliteException error) when (StoreFaults.IsDamage(error))
        {
            return 0;
        }
    }

    private bool TryRead(SqliteCommand command)
    {
        try
        {
            using var reader = command.ExecuteReader();
            if (!reader.Read())
            {
                return false;
            }

            var row = new Row(reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetString(5));
            if (!_rows.TryGetValue(reader.GetString(0), out var rows))
            {
                _rows.Add(reader.GetString(0), rows = []);
            }

            rows.TryAdd(reader.GetInt64(1), row);
            return true;
        }
        catch (SqliteException error) when (StoreFaults.IsDamage(error))
        {
            return false;
        }
        catch (InvalidOperationException)
        {
            // A value that is NULL or of another type, where the schema allows none: the row is damaged.
            return false;
        }
        catch (InvalidCastException)
        {
            return false;
        }
    }

    private sealed record Row(string At, string Type, string Body, string Checksum);
}
