using Akka.Actor;
using Akka.Cluster;

namespace AdvFit.Actors;

/// <summary>The name of a node in messages: its address and incarnation. A restarted process is another node.</summary>
public static class NodeName
{
    private const char Separator = '#';

    /// <summary>The name of a member of the cluster.</summary>
    public static string Of(UniqueAddress address) => $"{address.Address}{Separator}{address.Uid}";

    /// <summary>A name for people: <c>10.0.0.7:4054</c>.</summary>
    public static string ShortOf(string name) => name[(name.LastIndexOf('@') + 1)..name.LastIndexOf(Separator)];

    /// <summary>The path of a node's executor, the actor that owns its slots.</summary>
    public static ActorPath ExecutorOf(string name) =>
        new RootActorPath(Address.Parse(name[..name.LastIndexOf(Separator)])) / "user" / ActorNames.NodeExecutor;
}
