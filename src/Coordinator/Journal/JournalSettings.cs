using Akka.Configuration;
using Akka.Hosting;
using Akka.Persistence.Sql;
using AdvFit.Actors;
using AdvFit.Coordinator.Analysis;
using AdvFit.Sweeps;
using AdvFit.Sweeps.Cluster;

namespace AdvFit.Coordinator.Journal;

/// <summary>The database of the journal: the section <c>AdvFit:Journal</c>.</summary>
public sealed record JournalSettings
{
    /// <summary>
    /// The kind of database, as Linq2Db names it: <c>PostgreSQL.15</c> (which makes identity columns, and is right for newer
    /// versions too), or <c>SQLite.MS</c> for one machine.
    /// </summary>
    public string Provider { get; init; } = "PostgreSQL.15";

    /// <summary>The connection string. It may hold a password: set it in the environment.</summary>
    public string? ConnectionString { get; init; }
}

/// <summary>The Akka.NET configuration of the journal.</summary>
internal static class JournalBootstrap
{
    /// <summary>Keeps events and snapshots in the database of the settings, and queries it.</summary>
    /// <exception cref="SweepException">The settings have no connection string.</exception>
    public static AkkaConfigurationBuilder WithJournal(this AkkaConfigurationBuilder akka, JournalSettings settings)
    {
        if (string.IsNullOrEmpty(settings.ConnectionString))
        {
            throw new SweepException(
                "AdvFit:Journal:ConnectionString is not set; set it by $AdvFit__Journal__ConnectionString, "
                + "such as `Host=db;Database=advfit;Username=advfit;Password=..`.");
        }

        var database = $$"""
            connection-string = {{ClusterBootstrap.Quote(settings.ConnectionString)}}
            provider-name = {{ClusterBootstrap.Quote(settings.Provider)}}
            """;
        return akka.AddHocon(Events(database), HoconAddMode.Prepend)
            .AddHocon(SqlPersistence.DefaultConfiguration, HoconAddMode.Append);
    }

    private static Config Events(string database) => ConfigurationFactory.ParseString(
        $$"""
        akka.persistence {
          journal {
            plugin = "akka.persistence.journal.sql"
            sql {
              {{database}}
              # The database takes each number of an actor's events once, whoever writes it. To leave out events because of who
              # wrote them, as is done otherwise, would be to lose those of a process to which the actor came back.
              replay-filter.mode = off
              # In the row itself: rows of a table of tags would be written one by one, and be looked up for each event read.
              tag-write-mode = Csv
              event-adapters { analysis = "{{Name(typeof(AnalysisTagger))}}" }
              event-adapter-bindings {
                "{{Name(typeof(JournaledEvent))}}" = analysis
                "{{Name(typeof(SweepForgotten))}}" = analysis
              }
            }
          }
          snapshot-store {
            plugin = "akka.persistence.snapshot-store.sql"
            sql {
              {{database}}
            }
          }
          query.journal.sql {
            {{database}}
            tag-read-mode = Csv
            refresh-interval = 250ms
            max-buffer-size = 2000
            journal-sequence-retrieval {
              # Numbers that are missing are waited for longer than a command of the database may take: thirty seconds.
              query-delay = 250ms
              max-tries = 140
              ask-timeout = 10s
            }
          }
        }
        """);

    private static string Name(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}";
}
