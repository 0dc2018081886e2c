using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Hosting;
using Akka.Hosting;
using AdvFit.Actors;
using AdvFit.Experiments;
using AdvFit.Sweeps;
using AdvFit.Sweeps.Cluster;

namespace AdvFit.GpuNode;

/// <summary>The actors of a node, a process that trains, attacks and measures.</summary>
public static class NodeActors
{
    /// <summary>Adds the actors of a node.</summary>
    /// <param name="akka">The configuration to add to.</param>
    /// <param name="membership">How this process finds the cluster and is found.</param>
    /// <param name="slots">Shuffles to run at once.</param>
    /// <param name="patience">The longest time for finishing the running stages when the process is told to stop.</param>
    /// <param name="createExecutor">Creates the executor of an attempt; called on the thread of its slot.</param>
    /// <exception cref="SweepException">A setting is missing or unsound.</exception>
    public static AkkaConfigurationBuilder WithNode(
        this AkkaConfigurationBuilder akka, MembershipSettings membership, int slots, TimeSpan patience,
        Func<RunShuffle, IShuffleExecutor> createExecutor) => akka
        .WithAdvFit(membership, ClusterRoles.Node, patience)
        .WithSingletonProxy<CoordinatorKey>(
            ActorNames.SweepCoordinator, new ClusterSingletonOptions { Role = ClusterRoles.Coordinator })
        .WithShardRegionProxy<ShufflesKey>(ActorNames.Shuffles, ClusterRoles.Coordinator, new ShuffleMessageExtractor())
        .WithActors((system, registry) =>
        {
            var executor = system.ActorOf(
                Props.Create(() => new NodeExecutor(
                    NodeName.Of(Cluster.Get(system).SelfUniqueAddress), slots,
                    registry.Get<CoordinatorKey>(), registry.Get<ShufflesKey>(), createExecutor)),
                ActorNames.NodeExecutor);
            GracefulShutdown.Register(system, executor, patience);
        });
}
