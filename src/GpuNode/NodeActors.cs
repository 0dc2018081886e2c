using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Hosting;
using Akka.Hosting;
using AdvFit.Actors;
using AdvFit.Experiments;
using AdvFit.Sweeps;
using AdvFit.Sweeps.Cluster;

namespace AdvFit.GpuNode;

/// <summary>The actors of a process that trains, attacks and measures.</summary>
public static class NodeActors
{
    /// <summary>Sets up such a process.</summary>
    /// <param name="akka">What is set up.</param>
    /// <param name="membership">How to find the others.</param>
    /// <param name="slots">Shuffles to work on at once.</param>
    /// <param name="patience">The most time that running stages get to be finished when the process is told to stop.</param>
    /// <param name="createExecutor">Makes what does the work of an attempt; called on the thread of its slot.</param>
    /// <exception cref="SweepException">A setting is missing or unsound.</exception>
    public static AkkaConfigurationBuilder WithNode(
        this AkkaConfigurationBuilder akka, MembershipSettings membership, int slots, TimeSpan patience,
        Func<RunShuffle, IShuffleExecutor> createExecutor) => akka
        .WithAdvFit(membership, ClusterRoles.Node, patience)
        .WithSingletonProxy<CoordinatorKey>(
            ClusterRoles.SweepCoordinator, new ClusterSingletonOptions { Role = ClusterRoles.Coordinator })
        .WithShardRegionProxy<ShufflesKey>(ClusterRoles.Shuffles, ClusterRoles.Coordinator, new ShuffleMessageExtractor())
        .WithActors((system, registry) =>
        {
            var executor = system.ActorOf(
                Props.Create(() => new NodeExecutor(
                    NodeName.Of(Cluster.Get(system).SelfUniqueAddress), slots,
                    registry.Get<CoordinatorKey>(), registry.Get<ShufflesKey>(), createExecutor)),
                ClusterRoles.NodeExecutor);
            GracefulLeaving.Arrange(system, executor, patience);
        });
}
