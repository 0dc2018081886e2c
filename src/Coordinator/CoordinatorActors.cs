using Akka.Actor;
using Akka.Cluster.Hosting;
using Akka.Cluster.Sharding;
using Akka.Hosting;
using Akka.Pattern;
using Akka.Persistence.Query;
using Akka.Persistence.Sql.Query;
using AdvFit.Actors;
using AdvFit.Coordinator.Analysis;
using AdvFit.Coordinator.Journal;
using AdvFit.Coordinator.Sweeps;
using AdvFit.Messages;
using AdvFit.Sweeps;

namespace AdvFit.Coordinator;

/// <summary>The actors of a coordinator, a process that decides, records and analyses.</summary>
public static class CoordinatorActors
{
    /// <summary>Adds the actors of a coordinator.</summary>
    /// <param name="akka">The configuration to add to.</param>
    /// <param name="membership">How this process finds the cluster and is found.</param>
    /// <param name="journal">The database of the journal.</param>
    /// <param name="patience">The longest time that leaving the cluster may take.</param>
    /// <param name="session">Describes this process, with a number of slots, for the journal.</param>
    /// <exception cref="SweepException">A setting is missing or unsound.</exception>
    public static AkkaConfigurationBuilder WithCoordinator(
        this AkkaConfigurationBuilder akka, MembershipSettings membership, JournalSettings journal, TimeSpan patience,
        Func<int, SessionProvenance> session)
    {
        var singleton = new ClusterSingletonOptions { Role = ClusterRoles.Coordinator };
        return akka
            .WithAdvFit(membership, ClusterRoles.Coordinator, patience)
            .WithJournal(journal)
            .WithShardRegion<ShufflesKey>(
                ActorNames.Shuffles,
                // There are many: an expression would be compiled for each.
                (_, registry, _) => id => Props.Create<ShuffleEntity>(id, registry.Get<CoordinatorKey>(), TimeProvider.System),
                new ShuffleMessageExtractor(),
                new ShardOptions { Role = ClusterRoles.Coordinator, StateStoreMode = StateStoreMode.DData })
            .WithSingleton<CoordinatorKey>(
                ActorNames.SweepCoordinator,
                (_, registry, _) => Supervised("sweeps", Props.Create(() => new SweepCoordinator(
                    registry.Get<ShufflesKey>(), TimeProvider.System, session))),
                singleton)
            .WithSingleton<AnalysisKey>(
                ActorNames.Analysis,
                (system, _, _) => Supervised("analysis", Props.Create(() => new AnalysisActor(offset =>
                    PersistenceQuery.Get(system).ReadJournalFor<SqlReadJournal>(SqlReadJournal.Identifier)
                        .EventsByTag(PersistenceIds.AnalysisTag, new Sequence(offset))))),
                singleton);
    }

    // An actor that stops because the database is away comes again; a singleton would not by itself. One that fails is
    // stopped as well: a new one hears nothing of what the failed one had begun.
    private static Props Supervised(string name, Props actor) => BackoffSupervisor.Props(
        Backoff.OnStop(actor, name, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15), randomFactor: 0.2, maxNrOfRetries: -1)
            .WithDefaultStoppingStrategy());
}
