using AdvFit.Actors;
using Akka.Actor;
using Akka.Cluster;
using Akka.TestKit.Xunit2;
using AkkaCluster = Akka.Cluster.Cluster;

namespace AdvFit.Coordinator.Tests;

/// <summary>A process whose cluster has lost its coordinators.</summary>
public sealed class Lost_clusters
{
    [Fact]
    public async Task End_a_process_that_stayed_when_the_coordinators_left_in_good_order()
    {
        await using var coordinator = await JournalHost.StartAsync(null);
        await using var node = await JournalHost.StartAsync(null, role: ClusterRoles.Node);
        var (founder, joined) = (AkkaCluster.Get(coordinator.System), AkkaCluster.Get(node.System));
        founder.Join(founder.SelfAddress);
        joined.Join(founder.SelfAddress);
        await new TestKit(node.System).AwaitConditionAsync(
            () => Task.FromResult(joined.SelfMember.Status == MemberStatus.Up), TimeSpan.FromSeconds(60));
        node.System.ActorOf(QuorumKeeper.Props(majority: 1, TimeSpan.FromMilliseconds(20)));

        founder.Leave(founder.SelfAddress);
        await node.System.WhenTerminated.WaitAsync(TimeSpan.FromSeconds(60));
    }
}
