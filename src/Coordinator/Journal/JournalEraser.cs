using System.Data.Common;
using System.Globalization;
using AdvFit.Api;
using LinqToDB;
using LinqToDB.Data;

namespace AdvFit.Coordinator.Journal;

/// <summary>
/// Erases the events and snapshots of a sweep and its shuffles from the database. Akka.NET's own deletion keeps the last number
/// of each actor, so that no other sweep could begin at 1 under the same id.
/// </summary>
/// <param name="settings">The database.</param>
public sealed class JournalEraser(JournalSettings settings)
{
    private const int PatienceSeconds = 600;
    private static readonly string[] Tables = ["journal", "snapshot"];

    /// <summary>The shuffles of a sweep that have events.</summary>
    /// <exception cref="ServiceUnavailableException">The database is away.</exception>
    public List<int> ShufflesOf(string sweep) => Do(database => database
        .Query<string>("SELECT DISTINCT persistence_id FROM journal WHERE persistence_id LIKE @shuffles", Shuffles(sweep))
        .Select(id => int.Parse(id.AsSpan(id.LastIndexOf(':') + 1), CultureInfo.InvariantCulture)).Order().ToList());

    /// <summary>Erases a sweep, whose actors are stopped; all of it, or nothing.</summary>
    /// <exception cref="ServiceUnavailableException">The database is away.</exception>
    public void Erase(string sweep) => Do(database =>
    {
        using var transaction = database.BeginTransaction();
        foreach (var table in Tables)
        {
            database.Execute(
                $"DELETE FROM {table} WHERE persistence_id = @sweep OR persistence_id LIKE @shuffles",
                new DataParameter("sweep", PersistenceIds.OfSweep(sweep)), Shuffles(sweep));
        }

        transaction.Commit();
        return sweep;
    });

    private static DataParameter Shuffles(string sweep) => new("shuffles", PersistenceIds.PrefixOfShuffles(sweep) + "%");

    private T Do<T>(Func<DataConnection, T> work)
    {
        try
        {
            using var database = new DataConnection(new DataOptions().UseConnectionString(settings.Provider, settings.ConnectionString!));
            database.CommandTimeout = PatienceSeconds;
            return work(database);
        }
        catch (DbException error)
        {
            throw new ServiceUnavailableException("The cluster's database is away; it is worth trying again.", error);
        }
    }
}
