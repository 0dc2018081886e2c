using Akka.Actor;
using Akka.Cluster;
using AdvFit.Sweeps.Cluster;

namespace AdvFit.GpuNode;

/// <summary>
/// Lets a node that is told to stop finish and record its running stages and give its shuffles back while it is still a member
/// of the cluster. A node that was downed stops at once, for nobody listens to it.
/// </summary>
public static class GracefulShutdown
{
    /// <summary>Registers it in the first phase of the coordinated shutdown.</summary>
    /// <param name="system">The node's actor system.</param>
    /// <param name="executor">The actor that owns the slots.</param>
    /// <param name="patience">The longest time that it may take.</param>
    public static void Register(ActorSystem system, IActorRef executor, TimeSpan patience)
    {
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(CoordinatedShutdown.PhaseBeforeServiceUnbind, "finish-stages", async () =>
        {
            var isDown = shutdown.ShutdownReason is CoordinatedShutdown.ClusterDowningReason
                || Cluster.Get(system).IsTerminated;
            if (isDown)
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
