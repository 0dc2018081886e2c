using Akka.Actor;
using Akka.Cluster;

namespace AdvFit.Actors;

/// <summary>How messages name a node: by its address and its incarnation, for a process that comes again is another one.</summary>
public static class NodeName
{
    private const char Separator = '#';

    /// <summary>The name of a member of the cluster.</summary>
    public static string Of(UniqueAddress address) => $"{address.Address}{Separator}{address.Uid}";

    /// <summary>A name for people: <c>10.0.0.7:4054</c>.</summary>
    public static string ShortOf(string name) => name[(name.LastIndexOf('@') + 1)..name.LastIndexOf(Separator)];

    /// <summary>The actor of a node that owns its slots.</summary>
    public static ActorPath ExecutorOf(string name) =>
        new RootActorPath(Address.Parse(name[..name.LastIndexOf(Separator)])) / "user" / ClusterRoles.NodeExecutor;
}
