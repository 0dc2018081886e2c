using Akka.Cluster;

namespace AdvFit.Actors;

/// <summary>Who of the coordinators is there, as a process of the cluster sees it.</summary>
internal static class ReachedCoordinators
{
    /// <summary>The members of role <see cref="ClusterRoles.Coordinator"/> that are not unreachable, of any status.</summary>
    public static IEnumerable<Member> Coordinators(this ClusterEvent.CurrentClusterState state) => state.Members.Where(
        member => member.HasRole(ClusterRoles.Coordinator) && !state.Unreachable.Contains(member));
}
