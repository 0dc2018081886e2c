using Akka.Actor;
using Akka.Cluster;
using AdvFit.Sweeps.Cluster;

namespace AdvFit.GpuNode;

/// <summary>
/// What a node does when it is told to stop: the running stages are finished, recorded and their shuffles given back, while
/// it is still a member of the cluster. One that the cluster has given up has nobody to tell, and stops at once.
/// </summary>
public static class GracefulLeaving
{
    /// <summary>Has it done in the first phase of the shutdown.</summary>
    /// <param name="system">The node's actors.</param>
    /// <param name="executor">The actor that owns the slots.</param>
    /// <param name="patience">The most time that it may take.</param>
    public static void Arrange(ActorSystem system, IActorRef executor, TimeSpan patience)
    {
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(CoordinatedShutdown.PhaseBeforeServiceUnbind, "finish-stages", async () =>
        {
            var isGivenUp = shutdown.ShutdownReason is CoordinatedShutdown.ClusterDowningReason
                || Cluster.Get(system).IsTerminated;
            if (isGivenUp)
            {
                // Its threads end with the process.
                system.Stop(executor);
                return Akka.Done.Instance;
            }

            await executor.Ask<Done>(new NodeExecutor.Leave(AttemptStop.AtSafePoint), patience).ConfigureAwait(false);
            return Akka.Done.Instance;
        });
    }
}
